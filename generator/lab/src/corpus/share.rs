//! What a crate with some of the operations of a description costs, compared with the crate with the most of them.

use std::fmt;

use super::summary::Row;

/// The maximum share of the cost, as a multiple of the share of the operations.
const MOST: f64 = 1.2;

/// The operations and the cost of a crate, and of the whole one.
#[derive(Debug)]
pub(super) struct Share<'a> {
    name: &'a str,
    operations: (usize, usize),
    /// CPU seconds.
    check: (f64, f64),
}

/// Compares the crates that were checked and whose description is that of another crate with more operations.
pub(super) fn of(rows: &[Row]) -> Vec<Share<'_>> {
    let shares = rows.iter().filter_map(|row| {
        let same = rows
            .iter()
            .filter(|it| it.document.path == row.document.path);
        let whole = same.max_by_key(|it| it.generation.emitted)?;
        let operations = (row.generation.emitted, whole.generation.emitted);
        (operations.0 < operations.1).then_some(Share {
            name: &row.document.name,
            operations,
            check: (row.check?.seconds?, whole.check?.seconds?),
        })
    });
    shares.collect()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "no description has so many operations"
)]
impl Share<'_> {
    fn of_operations(&self) -> f64 {
        self.operations.0 as f64 / self.operations.1 as f64
    }

    fn of_check(&self) -> f64 {
        self.check.0 / self.check.1
    }

    /// Whether the crate costs no more than its operations account for.
    pub(super) fn passes(&self) -> bool {
        self.of_check() <= MOST * self.of_operations()
    }
}

impl fmt::Display for Share<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (own, all) = self.operations;
        let (check, whole) = self.check;
        writeln!(
            f,
            "\n{}: {own} of {all} operations ({:.1} %), {check:.1} of {whole:.1} CPU s to check ({:.1} %): \
             {:.2} times its share",
            self.name,
            100.0 * self.of_operations(),
            100.0 * self.of_check(),
            self.of_check() / self.of_operations(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_the_operations_is_compared_with_that_of_the_cost() {
        let share = |check| Share {
            name: "pets",
            operations: (20, 100),
            check: (check, 10.0),
        };
        assert!(share(2.4).passes() && !share(2.5).passes());
        assert_eq!(
            share(2.5).to_string(),
            "\npets: 20 of 100 operations (20.0 %), 2.5 of 10.0 CPU s to check (25.0 %): 1.25 times its share\n"
        );
    }
}
