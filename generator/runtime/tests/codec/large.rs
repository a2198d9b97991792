//! A record of 300 properties, which some descriptions have.

use specwright_runtime::prelude::*;

use crate::{read, refusal, write};

macro_rules! wide {
    ($($field:ident: $type:ty = $name:literal $($mark:ident)?;)*) => {
        #[derive(Debug, Clone, PartialEq)]
        struct Wide {
            $($field: $type),*
        }

        record!(Wide { $($field: $name $($mark)?),* });
    };
}

wide! {
    f0: Option<i64> = "f0"; f1: i64 = "f1" required; f2: i64 = "f2" required;
    f3: Option<i64> = "f3"; f4: i64 = "f4" required; f5: i64 = "f5" required;
    f6: Option<i64> = "f6"; f7: i64 = "f7" required; f8: i64 = "f8" required;
    f9: Option<i64> = "f9"; f10: i64 = "f10" required; f11: i64 = "f11" required;
    f12: Option<i64> = "f12"; f13: i64 = "f13" required; f14: i64 = "f14" required;
    f15: Option<i64> = "f15"; f16: i64 = "f16" required; f17: i64 = "f17" required;
    f18: Option<i64> = "f18"; f19: i64 = "f19" required; f20: i64 = "f20" required;
    f21: Option<i64> = "f21"; f22: i64 = "f22" required; f23: i64 = "f23" required;
    f24: Option<i64> = "f24"; f25: i64 = "f25" required; f26: i64 = "f26" required;
    f27: Option<i64> = "f27"; f28: i64 = "f28" required; f29: i64 = "f29" required;
    f30: Option<i64> = "f30"; f31: i64 = "f31" required; f32: i64 = "f32" required;
    f33: Option<i64> = "f33"; f34: i64 = "f34" required; f35: i64 = "f35" required;
    f36: Option<i64> = "f36"; f37: i64 = "f37" required; f38: i64 = "f38" required;
    f39: Option<i64> = "f39"; f40: i64 = "f40" required; f41: i64 = "f41" required;
    f42: Option<i64> = "f42"; f43: i64 = "f43" required; f44: i64 = "f44" required;
    f45: Option<i64> = "f45"; f46: i64 = "f46" required; f47: i64 = "f47" required;
    f48: Option<i64> = "f48"; f49: i64 = "f49" required; f50: i64 = "f50" required;
    f51: Option<i64> = "f51"; f52: i64 = "f52" required; f53: i64 = "f53" required;
    f54: Option<i64> = "f54"; f55: i64 = "f55" required; f56: i64 = "f56" required;
    f57: Option<i64> = "f57"; f58: i64 = "f58" required; f59: i64 = "f59" required;
    f60: Option<i64> = "f60"; f61: i64 = "f61" required; f62: i64 = "f62" required;
    f63: Option<i64> = "f63"; f64: i64 = "f64" required; f65: i64 = "f65" required;
    f66: Option<i64> = "f66"; f67: i64 = "f67" required; f68: i64 = "f68" required;
    f69: Option<i64> = "f69"; f70: i64 = "f70" required; f71: i64 = "f71" required;
    f72: Option<i64> = "f72"; f73: i64 = "f73" required; f74: i64 = "f74" required;
    f75: Option<i64> = "f75"; f76: i64 = "f76" required; f77: i64 = "f77" required;
    f78: Option<i64> = "f78"; f79: i64 = "f79" required; f80: i64 = "f80" required;
    f81: Option<i64> = "f81"; f82: i64 = "f82" required; f83: i64 = "f83" required;
    f84: Option<i64> = "f84"; f85: i64 = "f85" required; f86: i64 = "f86" required;
    f87: Option<i64> = "f87"; f88: i64 = "f88" required; f89: i64 = "f89" required;
    f90: Option<i64> = "f90"; f91: i64 = "f91" required; f92: i64 = "f92" required;
    f93: Option<i64> = "f93"; f94: i64 = "f94" required; f95: i64 = "f95" required;
    f96: Option<i64> = "f96"; f97: i64 = "f97" required; f98: i64 = "f98" required;
    f99: Option<i64> = "f99"; f100: i64 = "f100" required; f101: i64 = "f101" required;
    f102: Option<i64> = "f102"; f103: i64 = "f103" required; f104: i64 = "f104" required;
    f105: Option<i64> = "f105"; f106: i64 = "f106" required; f107: i64 = "f107" required;
    f108: Option<i64> = "f108"; f109: i64 = "f109" required; f110: i64 = "f110" required;
    f111: Option<i64> = "f111"; f112: i64 = "f112" required; f113: i64 = "f113" required;
    f114: Option<i64> = "f114"; f115: i64 = "f115" required; f116: i64 = "f116" required;
    f117: Option<i64> = "f117"; f118: i64 = "f118" required; f119: i64 = "f119" required;
    f120: Option<i64> = "f120"; f121: i64 = "f121" required; f122: i64 = "f122" required;
    f123: Option<i64> = "f123"; f124: i64 = "f124" required; f125: i64 = "f125" required;
    f126: Option<i64> = "f126"; f127: i64 = "f127" required; f128: i64 = "f128" required;
    f129: Option<i64> = "f129"; f130: i64 = "f130" required; f131: i64 = "f131" required;
    f132: Option<i64> = "f132"; f133: i64 = "f133" required; f134: i64 = "f134" required;
    f135: Option<i64> = "f135"; f136: i64 = "f136" required; f137: i64 = "f137" required;
    f138: Option<i64> = "f138"; f139: i64 = "f139" required; f140: i64 = "f140" required;
    f141: Option<i64> = "f141"; f142: i64 = "f142" required; f143: i64 = "f143" required;
    f144: Option<i64> = "f144"; f145: i64 = "f145" required; f146: i64 = "f146" required;
    f147: Option<i64> = "f147"; f148: i64 = "f148" required; f149: i64 = "f149" required;
    f150: Option<i64> = "f150"; f151: i64 = "f151" required; f152: i64 = "f152" required;
    f153: Option<i64> = "f153"; f154: i64 = "f154" required; f155: i64 = "f155" required;
    f156: Option<i64> = "f156"; f157: i64 = "f157" required; f158: i64 = "f158" required;
    f159: Option<i64> = "f159"; f160: i64 = "f160" required; f161: i64 = "f161" required;
    f162: Option<i64> = "f162"; f163: i64 = "f163" required; f164: i64 = "f164" required;
    f165: Option<i64> = "f165"; f166: i64 = "f166" required; f167: i64 = "f167" required;
    f168: Option<i64> = "f168"; f169: i64 = "f169" required; f170: i64 = "f170" required;
    f171: Option<i64> = "f171"; f172: i64 = "f172" required; f173: i64 = "f173" required;
    f174: Option<i64> = "f174"; f175: i64 = "f175" required; f176: i64 = "f176" required;
    f177: Option<i64> = "f177"; f178: i64 = "f178" required; f179: i64 = "f179" required;
    f180: Option<i64> = "f180"; f181: i64 = "f181" required; f182: i64 = "f182" required;
    f183: Option<i64> = "f183"; f184: i64 = "f184" required; f185: i64 = "f185" required;
    f186: Option<i64> = "f186"; f187: i64 = "f187" required; f188: i64 = "f188" required;
    f189: Option<i64> = "f189"; f190: i64 = "f190" required; f191: i64 = "f191" required;
    f192: Option<i64> = "f192"; f193: i64 = "f193" required; f194: i64 = "f194" required;
    f195: Option<i64> = "f195"; f196: i64 = "f196" required; f197: i64 = "f197" required;
    f198: Option<i64> = "f198"; f199: i64 = "f199" required; f200: i64 = "f200" required;
    f201: Option<i64> = "f201"; f202: i64 = "f202" required; f203: i64 = "f203" required;
    f204: Option<i64> = "f204"; f205: i64 = "f205" required; f206: i64 = "f206" required;
    f207: Option<i64> = "f207"; f208: i64 = "f208" required; f209: i64 = "f209" required;
    f210: Option<i64> = "f210"; f211: i64 = "f211" required; f212: i64 = "f212" required;
    f213: Option<i64> = "f213"; f214: i64 = "f214" required; f215: i64 = "f215" required;
    f216: Option<i64> = "f216"; f217: i64 = "f217" required; f218: i64 = "f218" required;
    f219: Option<i64> = "f219"; f220: i64 = "f220" required; f221: i64 = "f221" required;
    f222: Option<i64> = "f222"; f223: i64 = "f223" required; f224: i64 = "f224" required;
    f225: Option<i64> = "f225"; f226: i64 = "f226" required; f227: i64 = "f227" required;
    f228: Option<i64> = "f228"; f229: i64 = "f229" required; f230: i64 = "f230" required;
    f231: Option<i64> = "f231"; f232: i64 = "f232" required; f233: i64 = "f233" required;
    f234: Option<i64> = "f234"; f235: i64 = "f235" required; f236: i64 = "f236" required;
    f237: Option<i64> = "f237"; f238: i64 = "f238" required; f239: i64 = "f239" required;
    f240: Option<i64> = "f240"; f241: i64 = "f241" required; f242: i64 = "f242" required;
    f243: Option<i64> = "f243"; f244: i64 = "f244" required; f245: i64 = "f245" required;
    f246: Option<i64> = "f246"; f247: i64 = "f247" required; f248: i64 = "f248" required;
    f249: Option<i64> = "f249"; f250: i64 = "f250" required; f251: i64 = "f251" required;
    f252: Option<i64> = "f252"; f253: i64 = "f253" required; f254: i64 = "f254" required;
    f255: Option<i64> = "f255"; f256: i64 = "f256" required; f257: i64 = "f257" required;
    f258: Option<i64> = "f258"; f259: i64 = "f259" required; f260: i64 = "f260" required;
    f261: Option<i64> = "f261"; f262: i64 = "f262" required; f263: i64 = "f263" required;
    f264: Option<i64> = "f264"; f265: i64 = "f265" required; f266: i64 = "f266" required;
    f267: Option<i64> = "f267"; f268: i64 = "f268" required; f269: i64 = "f269" required;
    f270: Option<i64> = "f270"; f271: i64 = "f271" required; f272: i64 = "f272" required;
    f273: Option<i64> = "f273"; f274: i64 = "f274" required; f275: i64 = "f275" required;
    f276: Option<i64> = "f276"; f277: i64 = "f277" required; f278: i64 = "f278" required;
    f279: Option<i64> = "f279"; f280: i64 = "f280" required; f281: i64 = "f281" required;
    f282: Option<i64> = "f282"; f283: i64 = "f283" required; f284: i64 = "f284" required;
    f285: Option<i64> = "f285"; f286: i64 = "f286" required; f287: i64 = "f287" required;
    f288: Option<i64> = "f288"; f289: i64 = "f289" required; f290: i64 = "f290" required;
    f291: Option<i64> = "f291"; f292: i64 = "f292" required; f293: i64 = "f293" required;
    f294: Option<i64> = "f294"; f295: i64 = "f295" required; f296: i64 = "f296" required;
    f297: Option<i64> = "f297"; f298: i64 = "f298" required; f299: i64 = "f299" required;
}

fn text(properties: impl Iterator<Item = usize>) -> String {
    let properties: Vec<String> = properties
        .map(|index| format!("\"f{index}\":{index}"))
        .collect();
    format!("{{{}}}", properties.join(","))
}

#[test]
fn every_property_has_its_place_in_any_order() {
    let wide: Wide = read(&text((0..300).rev()));
    assert_eq!(
        (wide.f0, wide.f1, wide.f63, wide.f64, wide.f65, wide.f299),
        (Some(0), 1, Some(63), 64, 65, 299)
    );
    assert_eq!(write(&wide), text(0..300));
    let wide: Wide = read(&text((0..300).filter(|index| index % 3 != 0)));
    assert_eq!((wide.f0, wide.f66, wide.f298), (None, None, 298));
}

#[test]
fn a_required_property_is_missed_wherever_it_stands() {
    for missing in [1, 62, 64, 65, 127, 128, 191, 193, 299] {
        if missing % 3 == 0 {
            continue;
        }
        let message = refusal::<Wide>(&text((0..300).filter(|index| *index != missing)));
        assert_eq!(
            message,
            format!("$: the required property \"f{missing}\" is missing")
        );
    }
}

#[test]
fn a_property_beyond_the_first_64_may_come_twice() {
    let twice = text((0..300).chain([200, 130, 299]));
    assert_eq!(write(&read::<Wide>(&twice)), text(0..300));
}
