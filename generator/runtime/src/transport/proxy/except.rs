//! Exceptions from proxies: `NO_PROXY`, with the rules of curl.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The servers that are reached directly.
#[derive(Debug, Clone, Default)]
pub(super) struct Exceptions {
    all: bool,
    patterns: Vec<String>,
}

impl Exceptions {
    /// Parses a list of host names, which include their subdomains, IP addresses and networks, separated by commas or
    /// spaces. A single `*` stands for all servers.
    pub(super) fn parse(list: &str) -> Self {
        let patterns = list.split(|between: char| between == ',' || between.is_ascii_whitespace());
        let patterns = patterns.filter(|pattern| !pattern.is_empty());
        Self {
            all: list == "*",
            patterns: patterns.map(str::to_owned).collect(),
        }
    }

    pub(super) fn are_all(&self) -> bool {
        self.all
    }

    /// Whether the host of a URL is an exception. The port is ignored.
    pub(super) fn have(&self, host: &str) -> bool {
        let address = host
            .strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'));
        let address = address.map_or_else(
            || host.parse().map(IpAddr::V4),
            |address| address.parse().map(IpAddr::V6),
        );
        let mut patterns = self.patterns.iter();
        self.all
            || match address {
                Ok(address) => patterns.any(|pattern| has_address(pattern, address)),
                Err(_) => patterns.any(|pattern| has_name(pattern, host)),
            }
    }
}

/// Whether a name equals the pattern or is a subdomain of it, with or without a leading dot.
fn has_name(pattern: &str, name: &str) -> bool {
    let pattern = pattern.strip_prefix('.').unwrap_or(pattern);
    let pattern = pattern.strip_suffix('.').unwrap_or(pattern).as_bytes();
    let name = name.strip_suffix('.').unwrap_or(name).as_bytes();
    let Some(before) = name.len().checked_sub(pattern.len()) else {
        return false;
    };
    !pattern.is_empty()
        && name[before..].eq_ignore_ascii_case(pattern)
        && (before == 0 || name[before - 1] == b'.')
}

/// Whether an address equals the pattern or is in its network (`10.0.0.0/8`).
fn has_address(pattern: &str, address: IpAddr) -> bool {
    let (network, bits) = match pattern.split_once('/') {
        Some((network, bits)) => (network, Some(bits)),
        None => (pattern, None),
    };
    let Ok(network) = network.parse::<IpAddr>() else {
        return false;
    };
    // Like curl, only the first digits count, and a length of 0 or none means all bits.
    let bits = bits.map(|text| {
        let end = text.find(|char: char| !char.is_ascii_digit());
        text[..end.unwrap_or(text.len())].parse().unwrap_or(0)
    });
    let bits = bits.filter(|bits| *bits > 0);
    match (network, address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => same(
            32,
            bits,
            Ipv4Addr::to_bits(network).into(),
            address.to_bits().into(),
        ),
        (IpAddr::V6(network), IpAddr::V6(address)) => {
            same(128, bits, Ipv6Addr::to_bits(network), address.to_bits())
        }
        _ => false,
    }
}

/// Whether the first `bits` bits of two addresses are equal.
fn same(length: u32, bits: Option<u32>, network: u128, address: u128) -> bool {
    let ignored = length.checked_sub(bits.unwrap_or(length));
    // At least one bit is compared, so the shift is smaller than the width.
    ignored.is_some_and(|ignored| (network ^ address) >> ignored == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_read_as_curl_does() {
        const HAS: bool = true;
        const NOT: bool = false;
        for (list, host, has) in [
            ("", "api.test", NOT),
            ("api.test", "api.test", HAS),
            ("API.test", "api.TEST", HAS),
            ("test", "api.test", HAS),
            (".test", "api.test", HAS),
            (".api.test", "api.test", HAS),
            (".api.test", "napi.test", NOT),
            ("pi.test", "api.test", NOT),
            ("x.api.test", "api.test", NOT),
            ("..api.test", "api.test", NOT),
            (".", "api.test", NOT),
            ("api.test.", "api.test", HAS),
            ("api.test", "api.test.", HAS),
            ("api.test.", "api.test.", HAS),
            (".api.test.", "x.api.test", HAS),
            ("api.test.,x", "api.test", HAS),
            ("api.test..", "api.test", NOT),
            ("api.test", "api.test..", NOT),
            ("api.test;x", "api.test", NOT),
            ("localhost", "localhost", HAS),
            // Neither wildcards within a list or a name nor ports are known.
            ("*", "api.test", HAS),
            ("*", "[::1]", HAS),
            (" * ", "api.test", NOT),
            ("x,*", "api.test", NOT),
            ("*,", "api.test", NOT),
            ("**", "api.test", NOT),
            ("*.test", "api.test", NOT),
            ("api.test:443", "api.test", NOT),
            ("10.1.2.3:443", "10.1.2.3", NOT),
            // The list.
            (" api.test ,x", "api.test", HAS),
            ("x, api.test", "api.test", HAS),
            ("x,,api.test", "api.test", HAS),
            (",api.test,", "api.test", HAS),
            ("x api.test", "api.test", HAS),
            ("x\tapi.test", "api.test", HAS),
            // Addresses and networks.
            ("127.0.0.1", "127.0.0.1", HAS),
            ("0.0.1", "127.0.0.1", NOT),
            ("127.0.0.0/8", "127.0.0.1", HAS),
            ("10.1.0.0/16", "10.2.2.3", NOT),
            ("10.1.2.0/31", "10.1.2.1", HAS),
            ("10.1.2.0/31", "10.1.2.2", NOT),
            ("10.1.2.3/32", "10.1.2.3", HAS),
            ("0.0.0.0/0", "10.1.2.3", NOT),
            ("10.0.0.0/33", "10.0.0.0", NOT),
            ("10.0.0.0/x", "10.0.0.0", HAS),
            ("10.0.0.0/x", "10.0.0.1", NOT),
            ("10.0.0.0/", "10.0.0.0", HAS),
            ("10.0.0.0/08", "10.1.1.1", HAS),
            ("10.0.0.0/8x", "10.1.1.1", HAS),
            ("10.0.0.0/ 8", "10.1.1.1", NOT),
            ("10.0.0.1.", "10.0.0.1", NOT),
            (".10.0.0.1", "10.0.0.1", NOT),
            ("127.0.0.1/32,*", "127.0.0.1", HAS),
            ("10.0.0/8", "10.0.0.0", NOT),
            ("01.0.0.1", "1.0.0.1", NOT),
            ("10.0.0.0/8", "api.test", NOT),
            ("api.test/24", "api.test", NOT),
            ("::1", "[::1]", HAS),
            ("0:0::1", "[::1]", HAS),
            ("[::1]", "[::1]", NOT),
            ("[::1", "[::1]", NOT),
            ("FE80::5", "[fe80::5]", HAS),
            ("[fe80::]/10", "[fe80::5]", NOT),
            ("fe80::/10", "[fe80::5]", HAS),
            ("fe80::/10", "[fd00::5]", NOT),
            ("fe80::/128", "[fe80::]", HAS),
            ("fe80::/129", "[fe80::]", NOT),
            ("127.0.0.1", "[::1]", NOT),
            ("::ffff:10.0.0.1", "10.0.0.1", NOT),
        ] {
            assert_eq!(Exceptions::parse(list).have(host), has, "{list:?} {host}");
        }
    }
}
