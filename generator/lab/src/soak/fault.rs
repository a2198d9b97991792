//! The fault of the server for a request, chosen by the seed.

use std::time::Duration;

use fastrand::Rng;

/// The `Retry-After` of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Wait {
    /// No header.
    Unsaid,
    /// One second, as a number.
    Seconds,
    /// One second after the date of the response, as a date.
    Date,
    /// An hour, which exceeds the limit of the client.
    Hour,
}

/// The kind of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// `GET`, which changes nothing.
    Get,
    /// `PUT`, which can be repeated.
    Put,
    /// `POST`, which cannot.
    Post,
    /// `POST` with an idempotency key.
    Keyed,
    /// `GET` from a port without a server.
    Refused,
}

/// The fault of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Fault {
    /// No fault.
    None,
    /// No fault, but a header is repeated.
    Repeated,
    /// No fault, but the body is sent in pieces.
    Slow,
    /// The connection is reset when the request is read, before the server acts.
    Reset,
    /// The connection is reset after the server acted.
    ResetLate,
    /// The server acts and never responds.
    Silent,
    /// The server acts, and the connection ends inside of the body.
    Cut,
    /// The server acts, and the body stalls while the connection stays open.
    Stalled,
    /// An error response of an overloaded or broken server, with an HTML page if `html`.
    Status { code: u16, wait: Wait, html: bool },
    /// An error response that says that the request is wrong.
    Wrong { code: u16 },
    /// The credential is rejected.
    Unauthorized,
    /// 307 to another path of this server.
    Within,
    /// 303 to another path of this server, after the server acted.
    SeeOther,
    /// A redirect to another origin: 307, or 302 after the server acted.
    Foreign { acted: bool },
    /// A body that is larger than the client accepts.
    Oversized,
    /// A success whose body is JSON of another type.
    WrongJson,
    /// 201 without a required property.
    Missing,
}

/// The status codes of a busy or broken server.
const TROUBLED: [u16; 6] = [408, 429, 500, 502, 503, 504];

/// The percentage of requests without a fault.
const SOUND: u8 = 70;

impl Kind {
    /// Returns the kind of the call with this number.
    pub(super) fn of(seed: u64, call: u64) -> Self {
        match rng(seed, call, u64::MAX).u8(..100) {
            0..40 => Self::Get,
            40..55 => Self::Put,
            55..80 => Self::Post,
            80..99 => Self::Keyed,
            _ => Self::Refused,
        }
    }

    /// Whether the call can be repeated safely.
    pub(super) fn repeatable(self) -> bool {
        self != Self::Post
    }

    /// Whether the call changes something.
    pub(super) fn writes(self) -> bool {
        matches!(self, Self::Put | Self::Post | Self::Keyed)
    }
}

impl Fault {
    /// Returns the fault of the `arrival`th request of this call.
    pub(super) fn of(seed: u64, call: u64, arrival: usize) -> Self {
        let mut rng = rng(seed, call, arrival as u64);
        if rng.u8(..100) < SOUND {
            return match rng.u8(..10) {
                0 => Self::Repeated,
                1 => Self::Slow,
                _ => Self::None,
            };
        }
        match rng.u8(..100) {
            0..8 => Self::Reset,
            8..14 => Self::ResetLate,
            14..16 => Self::Silent,
            16..20 => Self::Cut,
            20..22 => Self::Stalled,
            22..62 => Self::status(&mut rng),
            62..67 => Self::Wrong {
                code: [400, 404, 422][rng.usize(..3)],
            },
            67..75 => Self::Unauthorized,
            75..81 => Self::Within,
            81..85 => Self::SeeOther,
            85..89 => Self::Foreign { acted: rng.bool() },
            89..92 => Self::Oversized,
            92..96 => Self::WrongJson,
            _ => Self::Missing,
        }
    }

    fn status(rng: &mut Rng) -> Self {
        let wait = match rng.u8(..10) {
            0 => Wait::Seconds,
            1 => Wait::Date,
            2 => Wait::Hour,
            _ => Wait::Unsaid,
        };
        Self::Status {
            code: TROUBLED[rng.usize(..TROUBLED.len())],
            wait,
            html: rng.bool(),
        }
    }

    /// Whether the server performs the call before the fault.
    pub(super) fn acts(self) -> bool {
        match self {
            Self::Status { code, wait, .. } => match code {
                408 | 429 => false,
                503 => wait == Wait::Unsaid,
                _ => true,
            },
            Self::Reset | Self::Wrong { .. } | Self::Unauthorized | Self::Within => false,
            Self::Foreign { acted } => acted,
            _ => true,
        }
    }

    /// Whether the fault ends the connection.
    pub(super) fn spoils(self) -> bool {
        matches!(
            self,
            Self::Reset
                | Self::ResetLate
                | Self::Silent
                | Self::Cut
                | Self::Stalled
                | Self::Oversized
        )
    }

    /// Returns the minimum time before a retry.
    pub(super) fn wait(self) -> Duration {
        match self {
            Self::Status {
                wait: Wait::Seconds | Wait::Date,
                ..
            } => Duration::from_secs(1),
            _ => Duration::ZERO,
        }
    }

    /// Returns its name in the report.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Repeated => "repeated headers",
            Self::Slow => "slow body",
            Self::Reset => "reset before acting",
            Self::ResetLate => "reset after acting",
            Self::Silent => "no response",
            Self::Cut => "cut body",
            Self::Stalled => "stalled body",
            Self::Status { html: true, .. } => "status with HTML",
            Self::Status { .. } => "status with JSON",
            Self::Wrong { .. } => "refused for good",
            Self::Unauthorized => "401",
            Self::Within => "redirect within",
            Self::SeeOther => "redirect after acting",
            Self::Foreign { .. } => "redirect to a foreign origin",
            Self::Oversized => "oversized body",
            Self::WrongJson => "wrong JSON",
            Self::Missing => "201 without a property",
        }
    }
}

/// Whether the connection with this number is reset before anything is read.
pub(super) fn stillborn(seed: u64, connection: u64) -> bool {
    rng(seed, connection, u64::MAX - 1).u8(..100) < 3
}

/// Returns the random numbers of one choice, which do not depend on other choices.
fn rng(seed: u64, call: u64, which: u64) -> Rng {
    let mixed =
        call.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ which.wrapping_mul(0xd1b5_4a32_d192_ed03);
    Rng::with_seed(seed ^ mixed)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_seed_determines_all_faults_and_each_fault_occurs() {
        let faults = |seed| (0..20_000).map(move |call| Fault::of(seed, call, 0));
        assert!(faults(1).eq(faults(1)));
        assert!(!faults(1).eq(faults(2)));
        let names: HashSet<_> = faults(3).map(Fault::name).collect();
        assert_eq!(names.len(), 18, "{names:?}");
        let kinds: HashSet<_> = (0..20_000).map(|call| Kind::of(3, call)).collect();
        assert_eq!(kinds.len(), 5);
        let born = (0..10_000).filter(|number| stillborn(3, *number)).count();
        assert!((200..400).contains(&born), "{born}");
    }
}
