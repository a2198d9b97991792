//! Former names: the names in an earlier version of the description, which existing programs use. They stay as
//! deprecated aliases, if Rust has aliases for the kind of item.

use crate::diagnostic::Diagnostic;
use crate::document::Text;
use crate::document::code::{BAD_NAME, UNSUPPORTED};
use crate::lower::draft::ResourceDraft;
use crate::lower::reserved;
use crate::lower::{Lowerer, types_of_resource};
use crate::model::{Former, Home, Kind, Operation, Output, Shape, TypeId};
use crate::name::{Ident, Scope, constant, pascal};
use crate::source::Span;

/// A former name of a type, collected before all types have their names.
struct Wanted {
    of: Ident,
    home: Home,
    text: String,
    /// The location in the description; `None` for a type that is named after a renamed type.
    location: Option<Span>,
}

impl Lowerer<'_, '_> {
    /// Claims the former names of a method, a setter or a variant, after all of its neighbours have their names.
    pub(crate) fn former_names(&mut self, scope: &mut Scope, texts: &[Text<'_>]) -> Vec<Ident> {
        let mut names = Vec::new();
        for text in texts {
            match scope.claim_former(text.text) {
                Some(name) => names.push(name),
                None => self.former_name_taken(text.text, text.span),
            }
        }
        names
    }

    /// Gives the methods of an operation their former names. Further forms are named after the usual one.
    pub(crate) fn former_methods(
        &mut self,
        operations: &mut [Operation],
        texts: &[Text<'_>],
        methods: &mut Scope,
    ) {
        let Some((usual, further)) = operations.split_first_mut() else {
            return;
        };
        usual.former = self.former_names(methods, texts);
        for operation in further {
            let ending = operation.name.plain().strip_prefix(usual.name.plain());
            let former = usual.former.iter().filter_map(|former| {
                methods.claim_former(&format!("{}{}", former.plain(), ending?))
            });
            operation.former = former.collect();
        }
        for operation in operations {
            let former = operation.former.iter();
            let former = former.map(|name| constant(name, reserved::EXAMPLES));
            operation.former_constants = former.collect();
        }
    }

    /// Gives the types their former names, after all of them and all operations have names.
    pub(crate) fn former_types(&mut self, resources: &mut [ResourceDraft]) {
        let wanted: Vec<Vec<Wanted>> = self.types.iter().map(wanted).collect();
        // Names from the description take precedence over derived ones.
        for is_derived in [false, true] {
            for (at, wanted) in wanted.iter().enumerate() {
                let own = wanted
                    .iter()
                    .filter(|one| one.location.is_none() == is_derived);
                for one in own {
                    let former = self.former_type(one);
                    self.types[at].former.extend(former);
                }
            }
        }
        for resource in resources {
            let home = Home::Resource(resource.module.clone());
            for operation in &mut resource.operations {
                let wanted = wanted_of_operation(operation, &home);
                let former = wanted.iter().filter_map(|one| self.former_type(one));
                operation.former_types = former.collect();
            }
        }
        self.variants_without_former_names();
    }

    fn former_type(&mut self, wanted: &Wanted) -> Option<Former> {
        let mut hidden = false;
        let scope = match &wanted.home {
            Home::Types(_) => &mut self.names.types,
            Home::Resource(module) => {
                // The types of a resource must not hide the shared types.
                hidden = !self.names.types.is_free(&wanted.text);
                self.names
                    .resources
                    .entry(module.clone())
                    .or_insert_with(types_of_resource)
            }
        };
        let name = (!hidden)
            .then(|| scope.claim_former(&wanted.text))
            .flatten();
        if let (None, Some(location)) = (&name, wanted.location) {
            self.former_name_taken(&wanted.text, location);
        }
        Some(Former {
            name: name?,
            of: wanted.of.clone(),
        })
    }

    fn former_name_taken(&mut self, text: &str, location: Span) {
        let message =
            format!("the former name `{text}` is the name of something else; it is ignored");
        self.diagnostics.push(
            Diagnostic::error(BAD_NAME, message)
                .at(location, "taken")
                .help("remove it, or rename the other item with `x-rust-name`"),
        );
    }

    /// Reports a former name that Rust has no alias for.
    pub(crate) fn former_name_lost(
        &mut self,
        text: &str,
        location: Span,
        message: &str,
        help: &str,
    ) {
        let diagnostic = Diagnostic::warning(UNSUPPORTED, message.to_owned());
        let label = format!("programs that use `{text}` no longer compile");
        self.diagnostics
            .push(diagnostic.at(location, label).help(help));
    }

    /// Reports the variants that are named after a renamed type.
    fn variants_without_former_names(&mut self) {
        let mut lost = Vec::new();
        for ty in &self.types {
            let Some(Kind::Union(union)) = &ty.kind else {
                continue;
            };
            for alternative in &union.alternatives {
                let (Shape::Named(TypeId(id)) | Shape::Boxed(TypeId(id))) = alternative.shape
                else {
                    continue;
                };
                let held = &self.types[id as usize];
                let variant = alternative.name.plain();
                let is_named_after = held.name.plain().ends_with(variant);
                for (text, location) in held.former_texts.iter().filter(|_| is_named_after) {
                    let message =
                        format!("the variant `{}::{variant}` keeps no former name", ty.name);
                    lost.extend(location.map(|location| (text.clone(), location, message)));
                }
            }
        }
        for (text, location, message) in lost {
            let help =
                format!("`x-rust-name: {text}` at the alternative keeps the name of the variant");
            self.former_name_lost(&text, location, &message, &help);
        }
    }
}

/// The former names of a type, and of the struct of its required fields.
fn wanted(ty: &crate::lower::draft::TypeDraft) -> Vec<Wanted> {
    let required = match &ty.kind {
        Some(Kind::Record(record)) => record.required_struct.as_ref(),
        _ => None,
    };
    let one = |of: &Ident, text: String, location| Wanted {
        of: of.clone(),
        home: ty.home.clone(),
        text,
        location,
    };
    let own = ty.former_texts.iter();
    let own = own.map(|(text, location)| one(&ty.name, text.clone(), *location));
    let derived = ty.former_texts.iter().filter_map(|(text, _)| {
        let required = required?;
        let ending = required.plain().strip_prefix(ty.name.plain())?;
        Some(one(required, format!("{}{ending}", pascal(text)), None))
    });
    own.chain(derived).collect()
}

/// The former names of the types that are named after an operation.
fn wanted_of_operation(operation: &Operation, home: &Home) -> Vec<Wanted> {
    let output = match &operation.output {
        Output::OneOf { name, .. } => Some(name),
        _ => None,
    };
    let callbacks = operation
        .callbacks
        .as_ref()
        .map(|callbacks| &callbacks.name);
    let types = operation.call.iter().chain(output).chain(callbacks);
    let head = pascal(operation.name.plain());
    let mut wanted = Vec::new();
    for of in types {
        let Some(ending) = of.plain().strip_prefix(&head) else {
            continue;
        };
        wanted.extend(operation.former.iter().map(|former| Wanted {
            of: of.clone(),
            home: home.clone(),
            text: format!("{}{ending}", pascal(former.plain())),
            location: None,
        }));
    }
    wanted
}
