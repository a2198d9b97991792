//! The diagnostic codes of `specwright.yaml`.

crate::diagnostic::code::codes! {
    Error UNKNOWN_KEY "SW0601" "an unknown key in `specwright.yaml`";
    Error BAD_VALUE "SW0602" "a value in `specwright.yaml` is missing or invalid";
    Error UNKNOWN_RULE "SW0603" "`rules` names a code whose level cannot be set";
    Error NO_DESCRIPTION "SW0604" "`specwright.yaml` names a description or an overlay that does not exist";
    Error SAME_OUT "SW0605" "two crates would be written to one folder, or one into the sources of the other";
    Error UNUSED_FILTER "SW0606" "a filter in `specwright.yaml` fits no operation";
    Error NOT_THERE "SW0607" "`rename` or `types` names something that does not exist, or that is not an object";
}
