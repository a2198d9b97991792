//! Whether a document came out well.

use super::compile::Fault;
use super::documents::Document;
use super::measure::Cost;
use super::record::Generation;

/// The most lines that a generated file may have.
const LONGEST_FILE: usize = 3000;

/// All there is to say about a document.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// The document.
    pub(super) document: Document,
    /// What was generated, or how it ended instead.
    pub(super) generation: Result<Generation, String>,
    /// What the compiler needed for it.
    pub(super) cost: Cost,
    /// What is wrong; nothing if all is well.
    pub(super) wrong: Vec<String>,
}

impl Row {
    /// Judges a document.
    pub(super) fn new(
        document: Document,
        generation: Result<Generation, String>,
        cost: Cost,
        faults: &[Fault],
    ) -> Self {
        let mut wrong = match &generation {
            Ok(generation) => faults_of(generation),
            Err(ended) => vec![format!(
                "crashed: {}",
                ended.lines().next().unwrap_or_default()
            )],
        };
        let mut causes: Vec<&str> = faults
            .iter()
            .filter(|fault| fault.document == document.name)
            .map(|fault| fault.cause.as_str())
            .collect();
        causes.sort_unstable();
        causes.dedup();
        wrong.extend(causes.into_iter().map(str::to_owned));
        Self {
            document,
            generation,
            cost,
            wrong,
        }
    }

    /// Whether nothing is wrong.
    pub(super) fn is_well(&self) -> bool {
        self.wrong.is_empty()
    }

    /// One cell for the verdict.
    pub(super) fn verdict(&self) -> String {
        if self.is_well() {
            "ok".to_owned()
        } else {
            self.wrong.join(", ")
        }
    }
}

fn faults_of(generation: &Generation) -> Vec<String> {
    let mut wrong = Vec::new();
    if !generation.errors.is_empty() {
        let codes: Vec<&str> = generation.errors.keys().map(String::as_str).collect();
        return vec![format!("does not generate ({})", codes.join(", "))];
    }
    if generation.emitted != generation.described {
        wrong.push(format!(
            "{} of {} operations",
            generation.emitted, generation.described
        ));
    }
    if !generation.same {
        wrong.push("other bytes the second time".to_owned());
    }
    if generation.longest > LONGEST_FILE {
        wrong.push(format!("a file of {} lines", generation.longest));
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(generation: Result<Generation, String>, faults: &[Fault]) -> Row {
        let document = Document {
            name: "pets".to_owned(),
            path: "pets.yaml".into(),
            bytes: 1,
        };
        Row::new(document, generation, Cost::default(), faults)
    }

    fn good() -> Generation {
        Generation {
            same: true,
            ..Generation::default()
        }
    }

    #[test]
    fn a_verdict_names_all_that_is_wrong() {
        assert_eq!(row(Ok(good()), &[]).verdict(), "ok");
        let bad = Generation {
            described: 3,
            emitted: 2,
            longest: 3001,
            ..Generation::default()
        };
        let fault = |document: &str| Fault {
            document: document.to_owned(),
            cause: "E0599".to_owned(),
            shown: String::new(),
        };
        let faults = [fault("pets"), fault("pets"), fault("other")];
        assert_eq!(
            row(Ok(bad), &faults).verdict(),
            "2 of 3 operations, other bytes the second time, a file of 3001 lines, E0599"
        );
        assert_eq!(
            row(Err("signal: 6\nmore".to_owned()), &[]).verdict(),
            "crashed: signal: 6"
        );
    }
}
