//! Unpredictable random numbers.

use crate::error::Error;

/// Returns random bits from the operating system. They differ between processes, even after a fork.
///
/// # Errors
/// The random number generator of the system failed.
pub(super) fn bits() -> Result<u128, Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| {
        Error::request("the system's random number generator failed").caused_by(error)
    })?;
    Ok(u128::from_ne_bytes(bytes))
}
