//! Resolves plain scalars by the YAML 1.2 core schema: `yes`, `0x1F`, `.5`, `~` …

use super::node::Value;

/// The value of a scalar that is written without quotes.
pub(super) fn resolve(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    match number(text) {
        Some(number) => Value::Number(number.into()),
        None => Value::String(text.into()),
    }
}

/// The text of a number or boolean, unless it is the value as JSON writes it.
pub(super) fn as_written(text: &str, value: &Value) -> Option<Box<str>> {
    let json = match value {
        Value::Number(json) => json,
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        Value::Null | Value::String(_) | Value::List(_) | Value::Map(_) => return None,
    };
    (text != json).then(|| text.into())
}

/// Whether the text is `.inf` or `.nan`, which exist in YAML but not in JSON.
pub(crate) fn is_beyond_json(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    matches!(text, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN")
}

/// A number in JSON syntax without a point: `1` for `1.0` and `1e0`, `25e-1` for `2.50`. Equal numbers have equal texts.
pub(crate) fn canonical_number(json: &str) -> String {
    /// Larger integers keep an exponent: no integer type holds them.
    const MOST_ZEROS: i64 = 40;
    let (mantissa, exponent) = json.split_once(['e', 'E']).unwrap_or((json, "0"));
    let Ok(exponent) = exponent.parse::<i64>() else {
        return json.to_owned();
    };
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(mantissa) => ("-", mantissa),
        None => ("", mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let digits = all.trim_end_matches('0');
    let point = all.len() - digits.len();
    let exponent = exponent
        .saturating_add_unsigned(point as u64)
        .saturating_sub_unsigned(fraction.len() as u64);
    match digits.trim_start_matches('0') {
        "" => "0".to_owned(),
        digits if (0..=MOST_ZEROS).contains(&exponent) => {
            let zeros = "0".repeat(usize::try_from(exponent).unwrap_or_default());
            format!("{sign}{digits}{zeros}")
        }
        digits => format!("{sign}{digits}e{exponent}"),
    }
}

/// The number in JSON syntax, if the text is one.
fn number(text: &str) -> Option<String> {
    // Most scalars are not numbers, so the first byte is checked before anything else.
    if !matches!(text.as_bytes().first()?, b'0'..=b'9' | b'-' | b'+' | b'.') {
        return None;
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    decimal(text)
}

fn radix(digits: &str, radix: u32) -> Option<String> {
    if !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    u128::from_str_radix(digits, radix)
        .ok()
        .map(|value| value.to_string())
}

fn decimal(text: &str) -> Option<String> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at..])),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let exponent_fits = exponent.is_none_or(|text| {
        let digits = text[1..].strip_prefix(['-', '+']).unwrap_or(&text[1..]);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let some_digit = !whole.is_empty() || fraction.is_some_and(|text| !text.is_empty());
    if !exponent_fits || !some_digit || !digits(whole) || !digits(fraction.unwrap_or_default()) {
        return None;
    }
    Some(written(sign, whole, fraction, exponent.unwrap_or_default()))
}

/// JSON requires a digit on both sides of the point, and does not allow leading zeros.
fn written(sign: &str, whole: &str, fraction: Option<&str>, exponent: &str) -> String {
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        rest => rest,
    };
    match fraction {
        None => format!("{sign}{whole}{exponent}"),
        Some("") => format!("{sign}{whole}.0{exponent}"),
        Some(fraction) => format!("{sign}{whole}.{fraction}{exponent}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_json_writes_them() {
        let cases = [
            ("0", "0"),
            ("-12", "-12"),
            ("+12", "12"),
            ("0755", "755"),
            ("0o17", "15"),
            ("0x1F", "31"),
            (".5", "0.5"),
            ("5.", "5.0"),
            ("-00.50", "-0.50"),
            ("1e3", "1e3"),
            ("1.5E+10", "1.5E+10"),
            ("-9223372036854776000", "-9223372036854776000"),
        ];
        for (text, number) in cases {
            assert_eq!(resolve(text), Value::Number(number.into()), "{text}");
            assert!(
                serde_json::from_str::<serde_json::Number>(number).is_ok(),
                "{number}"
            );
        }
    }

    #[test]
    fn equal_numbers_have_equal_canonical_texts() {
        let cases = [
            ("0", &["-0", "0.00", "0e7", "-0.0E-3"][..]),
            ("1", &["1.0", "1e0", "10e-1", "0.1E+1"]),
            ("-120", &["-120.0", "-1.2e2", "-0.12E3"]),
            ("25e-1", &["2.5", "2.50", "250e-2"]),
            ("1e41", &["1e41", "10e40"]),
        ];
        for (canonical, numbers) in cases {
            for number in numbers {
                assert_eq!(canonical_number(number), canonical, "{number}");
            }
        }
        for number in ["1e99999999999999999999", "1e9223372036854775807"] {
            assert_eq!(canonical_number(number), number);
        }
    }

    #[test]
    fn texts_that_look_like_other_types_are_strings() {
        for text in [
            "yes",
            "no",
            "on",
            "off",
            "n",
            "y",
            "1.2.3",
            "-",
            "+",
            ".",
            "e5",
            "1e",
            "1_000",
            "0o8",
            "0x",
            "2024-01-01",
            "12:30",
        ] {
            assert_eq!(resolve(text), Value::String(text.into()), "{text}");
        }
        for text in ["", "~", "null", "Null", "NULL"] {
            assert_eq!(resolve(text), Value::Null, "{text}");
        }
        assert_eq!(resolve("True"), Value::Bool(true));
        assert_eq!(resolve("tRue"), Value::String("tRue".into()));
    }
}
