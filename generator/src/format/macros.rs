//! Prints calls of macros such as `record!`, with one entry per line:
//!
//! ```text
//! record!(Profile {
//!     id: "id" required,
//!     emails: "emails",
//! });
//! ```

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

/// A part of a file.
pub(super) enum Part {
    /// A call of a macro, without attributes.
    Call(Call),
    /// Other items that follow each other.
    Items(TokenStream),
}

/// A call of a macro that is an item: `path!(…);`.
pub(super) struct Call {
    path: Vec<TokenTree>,
    group: Group,
}

/// Separates the calls of macros from the other items. They are most of some files, and parsing copies every token of
/// them twice.
pub(super) fn parts(tokens: TokenStream) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut items = Vec::new();
    // The tokens of the current item. One with a block and a `;` after it comes in two pieces, which are joined again.
    let mut item = Vec::new();
    for token in tokens {
        let ends = is_sign(&token, ';') || block(&token).is_some();
        item.push(token);
        if !ends {
            continue;
        }
        match call(std::mem::take(&mut item)) {
            Ok(call) => {
                add_items(&mut parts, std::mem::take(&mut items));
                parts.push(Part::Call(call));
            }
            Err(other) => items.extend(other),
        }
    }
    items.extend(item);
    add_items(&mut parts, items);
    parts
}

fn add_items(parts: &mut Vec<Part>, items: Vec<TokenTree>) {
    if !items.is_empty() {
        parts.push(Part::Items(items.into_iter().collect()));
    }
}

/// The call that an item consists of, otherwise the tokens of the item.
fn call(mut item: Vec<TokenTree>) -> Result<Call, Vec<TokenTree>> {
    let is_call = match &item[..] {
        [path @ .., sign, TokenTree::Group(_), end] => {
            let in_path =
                |token: &TokenTree| matches!(token, TokenTree::Ident(_)) || is_sign(token, ':');
            is_sign(sign, '!') && is_sign(end, ';') && path.iter().all(in_path)
        }
        _ => false,
    };
    let group = is_call.then(|| item.remove(item.len() - 2));
    let Some(TokenTree::Group(group)) = group else {
        return Err(item);
    };
    item.truncate(item.len() - 2);
    Ok(Call { path: item, group })
}

fn is_sign(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

impl Call {
    /// The whole call as an item. It is consumed, because tokens that something else holds are copied.
    pub(super) fn text(self) -> String {
        let mut path = Line::default();
        path.all(self.path);
        let (delimiter, tokens) = (self.group.delimiter(), self.group.stream());
        drop(self.group);
        let mut inside = Line::default();
        for token in tokens {
            match block(&token) {
                Some(entries) => {
                    drop(token);
                    inside.block(entries);
                }
                None => inside.token(token),
            }
        }
        let (path, inside) = (path.text, inside.text);
        match delimiter {
            Delimiter::Bracket => format!("{path}![{inside}];\n"),
            _ => format!("{path}!({inside});\n"),
        }
    }
}

fn block(token: &TokenTree) -> Option<TokenStream> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
        _ => None,
    }
}

/// A line, which is written token by token.
#[derive(Default)]
struct Line {
    text: String,
    /// Whether no space may follow the last token.
    tight: bool,
    /// A punctuation character that belongs to the next one, such as the first of `->`.
    half: Option<char>,
    /// Whether `<…>` and `(…)` follow the last token without a space.
    word: bool,
    /// The number of open `<`.
    open: usize,
    /// Whether the tokens are the parameters of a closure.
    closure: bool,
}

impl Line {
    fn all(&mut self, tokens: impl IntoIterator<Item = TokenTree>) {
        for token in tokens {
            self.token(token);
        }
    }

    fn push(&mut self, text: &str, spaced: bool) {
        if spaced && !self.tight && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(text);
        (self.tight, self.word, self.half) = (false, false, None);
    }

    fn block(&mut self, entries: TokenStream) {
        let mut lines = String::new();
        for entry in split(entries) {
            let mut line = Self::default();
            line.all(entry);
            lines.push_str("    ");
            lines.push_str(&line.text);
            lines.push('\n');
        }
        let start = if lines.is_empty() { "{" } else { "{\n" };
        self.push(&format!("{start}{lines}}}"), true);
    }

    fn token(&mut self, token: TokenTree) {
        match token {
            TokenTree::Ident(ident) => {
                self.push(&ident.to_string(), true);
                self.word = true;
            }
            TokenTree::Literal(literal) => self.push(&literal.to_string(), true),
            TokenTree::Punct(punct) => {
                self.sign(punct.as_char(), punct.spacing() == Spacing::Joint);
            }
            TokenTree::Group(group) => self.group(group),
        }
    }

    fn group(&mut self, group: Group) {
        let (delimiter, tokens) = (group.delimiter(), group.stream());
        drop(group);
        let mut inside = Self::default();
        inside.all(tokens);
        let inside = inside.text;
        let spaced = !self.word || delimiter == Delimiter::Brace;
        let text = match delimiter {
            Delimiter::Parenthesis => format!("({inside})"),
            Delimiter::Bracket => format!("[{inside}]"),
            Delimiter::Brace if inside.is_empty() => "{}".to_owned(),
            Delimiter::Brace => format!("{{ {inside} }}"),
            Delimiter::None => inside,
        };
        self.push(&text, spaced);
    }

    /// Writes a punctuation character. There are no spaces in `Vec<T>`, `a::b`, `a.b?`, `|a|`, `..rest`, `'a` and `-1`;
    /// other punctuation has spaces.
    fn sign(&mut self, sign: char, joint: bool) {
        let half = self.half;
        let path = sign == ':' && (joint || half == Some(':'));
        let opens = sign == '<' && (self.word || self.tight);
        let closes = sign == '>' && self.open > 0 && !matches!(half, Some('-' | '='));
        let parameters = sign == '|' && (self.closure || self.text.ends_with(':'));
        let ends = matches!(sign, ',' | ';' | '?' | '!')
            || (sign == ':' && !path)
            || (path && self.word)
            || (sign == '.' && !joint)
            || (parameters && self.closure);
        self.push(
            sign.encode_utf8(&mut [0; 4]),
            !(half.is_some() || opens || closes || ends),
        );
        if opens {
            self.open += 1;
        }
        if closes {
            self.open -= 1;
        }
        self.closure ^= parameters;
        self.half = Some(sign).filter(|_| joint && !closes && !matches!(sign, ',' | ';'));
        let prefix =
            matches!(sign, '\'' | '&' | '#' | '$' | '.' | '-' | '*') && !(sign == '-' && joint);
        self.tight = self.half.is_some() || path || opens || prefix || (parameters && self.closure);
        self.word = closes || path || sign == '!';
    }
}

/// The entries, split at the commas of the outermost level, with the commas.
fn split(entries: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut lines = vec![Vec::new()];
    let mut depth = 0usize;
    let mut last = ' ';
    for token in entries {
        let sign = if let TokenTree::Punct(punct) = &token {
            punct.as_char()
        } else {
            ' '
        };
        match sign {
            '<' => depth += 1,
            '>' if !matches!(last, '-' | '=') => depth = depth.saturating_sub(1),
            _ => {}
        }
        last = sign;
        if let Some(line) = lines.last_mut() {
            line.push(token);
        }
        if sign == ',' && depth == 0 {
            lines.push(Vec::new());
        }
    }
    lines.retain(|line: &Vec<_>| !line.is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;
    use quote::quote;

    fn text(tokens: TokenStream) -> String {
        crate::format::format("", tokens).unwrap()
    }

    #[test]
    fn calls_are_found_among_other_items() {
        let items = text(quote! {
            const A: Pair = Pair { a: 1 };
            a::call!(One);
            call!(Two);
            #[cfg(test)]
            call!(Three);
            fn five() { call!(Four); }
            record!(Six { a: "a" });
            static B: u8 = call!(Seven);
        });
        let wanted = "const A: Pair = Pair { a: 1 };\n\na::call!(One);\ncall!(Two);\n\n#[cfg(test)]\ncall!(Three);\n\n\
            fn five() {\n    call!(Four);\n}\n\nrecord!(Six {\n    a: \"a\"\n});\n\nstatic B: u8 = call!(Seven);\n";
        assert_eq!(items, wanted);
    }

    #[test]
    fn records_have_a_line_a_field() {
        let record = text(
            quote! { record!(Profile { id: "id" required, r#type: "type" = "cat", ..additional_properties }); },
        );
        let wanted = "record!(Profile {\n    id: \"id\" required,\n    r#type: \"type\" = \"cat\",\n    ..additional_properties\n});\n";
        assert_eq!(record, wanted);
        assert_eq!(text(quote! { record!(Empty {}); }), "record!(Empty {});\n");
    }

    #[test]
    fn enums_and_unions_keep_what_follows_the_block() {
        let open = text(quote! { text_enum!(Status { On = "ON", Off = "OFF", } else Unknown); });
        assert_eq!(
            open,
            "text_enum!(Status {\n    On = \"ON\",\n    Off = \"OFF\",\n} else Unknown);\n"
        );
        let number = text(quote! { integer_enum!(Code { Low = -1, High = 2 }); });
        assert_eq!(
            number,
            "integer_enum!(Code {\n    Low = -1,\n    High = 2\n});\n"
        );
        let union = text(
            quote! { union!(Pet tag "petType" { Cat: "cat" | "Cat", Dog: "dog" } else Unknown); },
        );
        assert_eq!(
            union,
            "union!(Pet tag \"petType\" {\n    Cat: \"cat\" | \"Cat\",\n    Dog: \"dog\"\n} else Unknown);\n"
        );
        let outputs = text(
            quote! { outputs!(GetOutput { Ok = 200 "application/json" json, Other = default bytes }); },
        );
        assert_eq!(
            outputs,
            "outputs!(GetOutput {\n    Ok = 200 \"application/json\" json,\n    Other = default bytes\n});\n"
        );
    }

    #[test]
    fn closures_look_as_they_do_elsewhere() {
        let pages = text(quote! {
            paged!(A -> Vec<B> => C { page "page" from 1, items: |page| *page, next: |page| page.a.as_ref()?.b, });
        });
        assert_eq!(
            pages,
            "paged!(A -> Vec<B> => C {\n    page \"page\" from 1,\n    items: |page| *page,\n    next: |page| page.a.as_ref()?.b,\n});\n"
        );
    }

    #[test]
    fn calls_without_a_block_are_one_line() {
        assert_eq!(text(quote! { wrapper!(Tree); }), "wrapper!(Tree);\n");
        assert_eq!(
            text(quote! { call!(CreateCall -> CreateResponse); }),
            "call!(CreateCall -> CreateResponse);\n"
        );
        assert_eq!(
            text(quote! { crate::runtime::call!(A -> std::vec::Vec<Option<super::Pet>>, ()); }),
            "crate::runtime::call!(A -> std::vec::Vec<Option<super::Pet>>, ());\n"
        );
        assert_eq!(
            text(quote! { call!(A -> Map<u8>); }),
            "call!(A -> Map<u8>);\n"
        );
        assert_eq!(
            text(quote! { call!(A -> (Pet, &'static str)); }),
            "call!(A -> (Pet, &'static str));\n"
        );
        assert_eq!(
            text(quote! { call!(A -> Vec<::std::string::String>); }),
            "call!(A -> Vec<::std::string::String>);\n"
        );
    }
}
