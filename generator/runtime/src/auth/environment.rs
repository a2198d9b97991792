//! Credentials from environment variables, for callers who opt in.

use std::env::VarError;

use super::Credential;

/// A security scheme and its environment variables: one for a token, two for a user name and a password.
pub(crate) type Variables = [(&'static str, &'static [&'static str])];

/// Reads the credentials of all schemes whose variables are set. It is an error if only one of two variables is set, or
/// if no scheme has its variables set.
pub(crate) fn read(
    variables: &Variables,
    lookup: impl Fn(&str) -> Result<String, VarError>,
) -> Result<Vec<(&'static str, Credential)>, String> {
    let mut found = Vec::new();
    for (scheme, names) in variables {
        let values = values(names, &lookup)?;
        match values.as_slice() {
            [secret] => found.push((*scheme, Credential::secret(secret.as_str()))),
            [username, password] => {
                let credential = Credential::basic(username.as_str(), password.as_str());
                found.push((*scheme, credential));
            }
            _ => {}
        }
    }
    if found.is_empty() {
        return Err(nothing(variables));
    }
    Ok(found)
}

/// Returns the values of a group of variables; `None` if none of them is set.
fn values(
    names: &[&str],
    lookup: &impl Fn(&str) -> Result<String, VarError>,
) -> Result<Vec<String>, String> {
    let mut values = Vec::new();
    let mut missing = None;
    for name in names {
        match lookup(name) {
            Ok(value) if !value.is_empty() => values.push(value),
            Ok(_) | Err(VarError::NotPresent) => missing = missing.or(Some(*name)),
            Err(VarError::NotUnicode(_)) => {
                return Err(format!(
                    "the environment variable `{name}` is not valid Unicode"
                ));
            }
        }
    }
    match (missing, values.first()) {
        (Some(name), Some(_)) => Err(format!("the environment variable `{name}` is not set")),
        (Some(_), None) => Ok(Vec::new()),
        (None, _) => Ok(values),
    }
}

fn nothing(variables: &Variables) -> String {
    let alternatives: Vec<String> = variables
        .iter()
        .map(|(_, names)| {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            names.join(" and ")
        })
        .collect();
    format!(
        "there is no credential in the environment: set {}",
        alternatives.join(", or ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::CredentialValue;

    const VARIABLES: &Variables = &[
        ("basic", &["A_USERNAME", "A_PASSWORD"]),
        ("token", &["A_TOKEN"]),
    ];

    fn read_from(set: &[(&str, &str)]) -> Result<Vec<(&'static str, Credential)>, String> {
        read(VARIABLES, |name| {
            let found = set.iter().find(|(known, _)| *known == name);
            found
                .map(|(_, value)| (*value).to_owned())
                .ok_or(VarError::NotPresent)
        })
    }

    #[test]
    fn variables_that_are_set_are_used() {
        let found = read_from(&[("A_TOKEN", "t")]).unwrap();
        assert!(matches!(
            &found[..],
            [("token", Credential(CredentialValue::Secret(_)))]
        ));
        let found = read_from(&[("A_USERNAME", "u"), ("A_PASSWORD", "p"), ("A_TOKEN", "t")]);
        assert_eq!(found.unwrap().len(), 2);
    }

    #[test]
    fn missing_variables_are_named_and_no_value_is_shown() {
        for (set, message) in [
            (
                &[][..],
                "there is no credential in the environment: set `A_USERNAME` and `A_PASSWORD`, or `A_TOKEN`",
            ),
            (
                &[("A_USERNAME", "hunter2")],
                "the environment variable `A_PASSWORD` is not set",
            ),
            (
                &[("A_PASSWORD", "hunter2"), ("A_USERNAME", "")],
                "the environment variable `A_USERNAME` is not set",
            ),
        ] {
            assert_eq!(read_from(set).unwrap_err(), message);
        }
        let error = read(VARIABLES, |_| Err(VarError::NotUnicode("hunter2".into()))).unwrap_err();
        assert!(
            error.contains("`A_USERNAME` is not valid Unicode"),
            "{error}"
        );
        assert!(!error.contains("hunter2"));
    }
}
