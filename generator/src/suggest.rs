//! `specwright check --suggest`: an overlay that adds `x-pagination` to operations whose responses most likely have
//! pages. It is only printed for a person to read: no guess affects the generated code.

use crate::model::{
    Api, Field, InputLocation, Kind, Operation, Output, Scalar, Shape, StatusRange, TypeId,
};
use crate::source::quoted;

/// The query parameters for a cursor. All names here are lower case without `_` and `-`.
const CURSORS: &[&str] = &[
    "cursor",
    "pagecursor",
    "startcursor",
    "nextcursor",
    "aftercursor",
    "after",
    "startingafter",
    "pagetoken",
    "nextpagetoken",
    "nexttoken",
    "continuationtoken",
    "marker",
];
/// The properties with the next cursor.
const NEXT_CURSORS: &[&str] = &[
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "nextpagecursor",
    "nextmarker",
    "endcursor",
    "continuationtoken",
    "next",
];
const PAGES: &[&str] = &["page", "pagenumber", "pageno"];
/// The query parameters for the number of items in a page.
const SIZES: &[&str] = &[
    "perpage",
    "pagesize",
    "limit",
    "size",
    "count",
    "maxresults",
];
const OFFSETS: &[&str] = &["offset", "skip", "startindex"];
/// The properties with the items, the most specific first. Other names count if they are the only array.
const ITEMS: &[&str] = &[
    "data", "items", "results", "records", "entries", "values", "content",
];
const MORE: &[&str] = &["hasmore", "hasnext", "hasnextpage", "more"];
const TOTALS: &[&str] = &["total", "totalcount", "totalitems", "totalresults"];
const LAST_PAGES: &[&str] = &["totalpages", "pagecount", "lastpage"];
/// The objects in a response that describe the page.
const FRAMES: &[&str] = &[
    "meta",
    "pagination",
    "paging",
    "page",
    "pageinfo",
    "responsemetadata",
    "links",
];

/// The overlay that suggests `x-pagination` for operations of an API without it; `None` if no operation looks like that.
pub(crate) fn overlay(api: &Api) -> Option<String> {
    let operations = api.resources.iter().flat_map(|one| &one.operations);
    let actions: String = operations
        .filter_map(|operation| action(api, operation))
        .collect();
    let title = quoted(&format!("Pages of {}", api.title));
    (!actions.is_empty()).then(|| {
        format!(
            "# Suggested by the names of parameters and properties. Compare it with the documentation of the API.\n\
             overlay: 1.0.0\ninfo: {{title: {title}, version: 1.0.0}}\nactions:\n{actions}"
        )
    })
}

/// The action of the overlay for one operation.
fn action(api: &Api, operation: &Operation) -> Option<String> {
    if operation.form_of.is_some() || operation.pagination.is_some() {
        return None;
    }
    let Output::Json(shape, _) = &operation.output else {
        return None;
    };
    let response = Response::of(api, shape)?;
    let keys = by_cursor(api, operation, &response)
        .or_else(|| by_page(api, operation, &response))
        .or_else(|| by_offset(api, operation, &response))?;
    let path = operation.path.replace('\\', r"\\").replace('\'', r"\'");
    let target = quoted(&format!(
        "$.paths['{path}'].{}",
        operation.method.to_ascii_lowercase()
    ));
    let items = response.items.map(|items| ("items", items));
    let keys = keys.into_iter().chain(items);
    let keys: Vec<String> = keys
        .map(|(key, value)| format!("{key}: {}", quoted(&value)))
        .collect();
    Some(format!(
        "  # {} {}\n  - target: {target}\n    update:\n      x-pagination: {{{}}}\n",
        operation.method,
        operation.path.replace(char::is_control, "?"),
        keys.join(", ")
    ))
}

type Keys = Vec<(&'static str, String)>;

/// A cursor in the query, whose next value is a property of the response.
fn by_cursor(api: &Api, operation: &Operation, response: &Response<'_>) -> Option<Keys> {
    let is_value =
        |shape: &Shape| matches!(shape, Shape::Scalar(it) if it.displays() && *it != Scalar::Bool);
    let parameter = parameter(api, operation, CURSORS, is_value)?;
    let next = response.find(api, NEXT_CURSORS, is_value)?;
    let keys = [
        ("kind", "cursor".to_owned()),
        ("parameter", parameter),
        ("next", next),
    ];
    Some(keys.into_iter().chain(response.more(api)).collect())
}

/// Numbered pages: by the `Link` header if the response has it, otherwise by their number.
fn by_page(api: &Api, operation: &Operation, response: &Response<'_>) -> Option<Keys> {
    let page = parameter(api, operation, PAGES, is_number)?;
    parameter(api, operation, SIZES, is_number)?;
    if has_link(api, operation) {
        return Some(vec![("kind", "link".to_owned())]);
    }
    let keys = [("kind", "page".to_owned()), ("parameter", page)];
    let last = response
        .find(api, LAST_PAGES, is_number)
        .map(|last| ("last", last));
    let total = response
        .find(api, TOTALS, is_number)
        .map(|total| ("total", total));
    Some(
        keys.into_iter()
            .chain(last)
            .chain(total)
            .chain(response.more(api))
            .collect(),
    )
}

fn by_offset(api: &Api, operation: &Operation, response: &Response<'_>) -> Option<Keys> {
    let offset = parameter(api, operation, OFFSETS, is_number)?;
    parameter(api, operation, SIZES, is_number)?;
    let keys = [("kind", "offset".to_owned()), ("parameter", offset)];
    let total = response
        .find(api, TOTALS, is_number)
        .map(|total| ("total", total));
    Some(
        keys.into_iter()
            .chain(total)
            .chain(response.more(api))
            .collect(),
    )
}

/// The query parameter with one of these names.
fn parameter(
    api: &Api,
    operation: &Operation,
    names: &[&str],
    fits: impl Fn(&Shape) -> bool,
) -> Option<String> {
    let is_query = |location: &InputLocation| matches!(location, InputLocation::Query(_));
    let inputs = operation
        .inputs
        .iter()
        .filter(|input| is_query(&input.location));
    let mut found =
        inputs.filter(|input| is_one_of(&input.wire, names) && fits(plain(api, &input.shape)));
    found.next().map(|input| input.wire.clone())
}

/// Whether a successful response is described with the header `Link`.
fn has_link(api: &Api, operation: &Operation) -> bool {
    let is_success = |status: &StatusRange| {
        matches!(
            status,
            StatusRange::Code(200..300) | StatusRange::Range(2) | StatusRange::Default
        )
    };
    let headers = operation.headers.iter();
    let mut headers =
        headers.filter(|one| one.statuses.is_empty() || one.statuses.iter().any(is_success));
    headers.any(|one| {
        fields(api, one.ty)
            .iter()
            .any(|field| field.wire.eq_ignore_ascii_case("link"))
    })
}

/// A response with an array of items.
struct Response<'a> {
    fields: &'a [Field],
    /// The property with the items; `None` if the response itself is the array.
    items: Option<String>,
}

impl<'a> Response<'a> {
    fn of(api: &'a Api, shape: &'a Shape) -> Option<Self> {
        let id = match plain(api, shape) {
            Shape::List(_) => {
                return Some(Self {
                    fields: &[],
                    items: None,
                });
            }
            Shape::Named(id) | Shape::Boxed(id) => *id,
            _ => return None,
        };
        let fields = fields(api, id);
        let is_list =
            |field: &&Field| is_path(field) && matches!(plain(api, &field.shape), Shape::List(_));
        let lists: Vec<&Field> = fields.iter().filter(is_list).collect();
        let items = match lists[..] {
            [only] => only,
            _ => ITEMS.iter().find_map(|&name| {
                let mut lists = lists.iter();
                lists.find(|field| is_one_of(&field.wire, &[name])).copied()
            })?,
        };
        Some(Self {
            fields,
            items: Some(items.wire.clone()),
        })
    }

    /// The path to a property with one of these names, in the response or in an object that describes the page. Earlier
    /// names take precedence.
    fn find(&self, api: &Api, names: &[&str], fits: impl Fn(&Shape) -> bool) -> Option<String> {
        let frames = self
            .fields
            .iter()
            .filter(|field| is_path(field) && is_one_of(&field.wire, FRAMES));
        let frames = frames.filter_map(|field| match plain(api, &field.shape) {
            Shape::Named(id) | Shape::Boxed(id) => {
                Some((format!("{}.", field.wire), fields(api, *id)))
            }
            _ => None,
        });
        let places: Vec<_> = std::iter::once((String::new(), self.fields))
            .chain(frames)
            .collect();
        names.iter().find_map(|&name| {
            places.iter().find_map(|(before, fields)| {
                let mut fields = fields.iter().filter(|field| is_path(field));
                let found = fields.find(|field| {
                    is_one_of(&field.wire, &[name]) && fits(plain(api, &field.shape))
                });
                found.map(|field| format!("{before}{}", field.wire))
            })
        })
    }

    /// The property that is true if there are more pages.
    fn more(&self, api: &Api) -> Option<(&'static str, String)> {
        let more = self.find(api, MORE, |shape| *shape == Shape::Scalar(Scalar::Bool));
        more.map(|more| ("more", more))
    }
}

/// Whether the name works in `x-pagination`, which separates names by dots.
fn is_path(field: &Field) -> bool {
    !field.wire.is_empty() && !field.wire.contains('.')
}

fn is_number(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Scalar(Scalar::I32 | Scalar::I64 | Scalar::U64)
    )
}

/// The fields of a record; empty for other types.
fn fields(api: &Api, id: TypeId) -> &[Field] {
    match api.types.get(id.0 as usize).map(|ty| &ty.kind) {
        Some(Kind::Record(record)) => &record.fields,
        _ => &[],
    }
}

/// The shape behind aliases, without null.
fn plain<'a>(api: &'a Api, shape: &'a Shape) -> &'a Shape {
    shape.plain(|id| match api.types.get(id.0 as usize).map(|ty| &ty.kind) {
        Some(Kind::Alias(target)) => Some(target),
        _ => None,
    })
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    let letters = name.chars().filter(|letter| !"_-".contains(*letter));
    let plain: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    names.contains(&&*plain)
}
