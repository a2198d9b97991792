//! Unpredictable random numbers.

use crate::error::Error;

/// Returns random bits of the operating system. Two processes never get the same ones, not even after a fork.
///
/// # Errors
/// Returns an error if the operating system has none.
pub(super) fn bits() -> Result<u128, Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| Error::request("the system gives no random numbers").caused_by(error))?;
    Ok(u128::from_ne_bytes(bytes))
}
