//! Types of other crates that the codec knows.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "rust_decimal")]
mod rust_decimal;
#[cfg(feature = "time")]
mod time;
#[cfg(feature = "url")]
mod url;

use super::text::decode_text;
use crate::codec::{Encode, View};

decode_text!(IpAddr, IpAddr::V4(Ipv4Addr::UNSPECIFIED), "an IP address");
decode_text!(Ipv4Addr, Ipv4Addr::UNSPECIFIED, "an IPv4 address");
decode_text!(Ipv6Addr, Ipv6Addr::UNSPECIFIED, "an IPv6 address");

/// Implements `Encode` for types that display as their strings.
macro_rules! encode_shown {
    ($($name:ty)*) => { $(
        impl Encode for $name {
            fn view(&self) -> View<'_> {
                View::Shown(self)
            }
        }
    )* };
}

encode_shown!(IpAddr Ipv4Addr Ipv6Addr);

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use crate::codec::{from_json, to_json};

    #[test]
    fn ip_addresses_are_strings() {
        let text = br#"["127.0.0.1","2001:db8::1"]"#;
        let hosts: Vec<IpAddr> = from_json(text).unwrap();
        assert!(hosts[0].is_loopback() && hosts[1].is_ipv6());
        assert_eq!(to_json(&hosts), text);
        assert_eq!(
            from_json::<Vec<IpAddr>>(br#"["127.0.0.1","localhost"]"#)
                .unwrap_err()
                .to_string(),
            r#"$[1]: expected an IP address, found the string "localhost""#
        );
    }
}
