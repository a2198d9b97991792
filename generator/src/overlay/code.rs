//! The diagnostic codes of overlays.

crate::diagnostic::code::codes! {
    Error NOT_OVERLAY "SW0630" "the file is not an overlay in a supported version";
    Error UNKNOWN_KEY "SW0631" "an unknown key in an overlay";
    Error BAD_QUERY "SW0632" "an invalid query in an overlay";
    Warning NO_MATCH "SW0633" "an action of an overlay selects nothing";
    Error MISFIT "SW0634" "a change of an overlay that cannot be applied";
    Warning OTHER_DESCRIPTION "SW0635" "an overlay extends another description";
    Warning NO_EFFECT "SW0636" "a part of an overlay has no effect";
    Warning VERSION_DIFFERS "SW0637" "a change that versions 1.0 and 1.1 of overlays read differently";
    Error REPEATED "SW0638" "an action of an overlay is repeated";
}
