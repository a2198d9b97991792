//! The values of arguments that shells complete.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser};
use clap::{Arg, Command, Error};
use specwright::{codes, diff};

/// A parser of the names in a table.
pub(crate) fn named<T, const N: usize>(
    names: [(&'static str, T); N],
) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + 'static,
{
    let texts = PossibleValuesParser::new(names.map(|(name, _)| name));
    texts.try_map(move |text| {
        let found = names.iter().find(|(name, _)| *name == text);
        found.map(|(_, value)| *value).ok_or("unknown name")
    })
}

/// A parser of codes. It accepts any text, because the command knows which code was probably meant.
#[derive(Clone)]
pub(crate) enum Codes {
    /// The codes that can be explained.
    Explained,
    /// What has a level: the codes of warnings, and their groups.
    Levels,
}

impl TypedValueParser for Codes {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let codes: Vec<&str> = match self {
            Self::Explained => {
                let changes = diff::ALL.iter().map(|rule| rule.code);
                codes::all().map(|code| code.code).chain(changes).collect()
            }
            Self::Levels => {
                let warnings = codes::all().filter(|code| code.level != codes::Level::Error);
                let codes = warnings.map(|code| code.code);
                ["all", "pedantic"].into_iter().chain(codes).collect()
            }
        };
        Some(Box::new(codes.into_iter().map(PossibleValue::new)))
    }
}
