//! The names and attributes of the fields of a record.

use super::{Encode, ObjectView, direction};

/// The fields of a record, in order.
#[derive(Debug)]
pub struct Shape {
    fields: &'static [Field],
    /// One bit for each of the first 64 fields, set if it is required in responses.
    required: u64,
}

/// One field of a record.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a separate attribute in the macros"
)]
pub struct Field {
    name: &'static str,
    required: bool,
    read_only: bool,
    write_only: bool,
    json: bool,
    decimal: bool,
    constant: Option<&'static str>,
}

impl Field {
    /// Returns an optional property.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            required: false,
            read_only: false,
            write_only: false,
            json: false,
            decimal: false,
            constant: None,
        }
    }

    /// Makes the property required in responses, and always written.
    pub const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    /// Makes the property never written.
    pub const fn read_only(self) -> Self {
        Self {
            read_only: true,
            ..self
        }
    }

    /// Makes the property optional in responses.
    pub const fn write_only(self) -> Self {
        Self {
            write_only: true,
            ..self
        }
    }

    /// In a header, the value is JSON text.
    pub const fn json(self) -> Self {
        Self { json: true, ..self }
    }

    /// Gives the property a constant value, as text: it is optional in responses, and always written.
    pub const fn constant(self, text: &'static str) -> Self {
        Self {
            constant: Some(text),
            ..self
        }
    }

    /// Decodes the value by [`Decode::digits`](super::Decode::digits).
    pub const fn decimal(self) -> Self {
        Self {
            decimal: true,
            ..self
        }
    }

    /// Returns the name of the property in JSON.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    pub(super) const fn is_expected(&self) -> bool {
        self.required && !self.write_only && self.constant.is_none()
    }

    pub(super) const fn is_decimal(&self) -> bool {
        self.decimal
    }

    pub(super) const fn is_json(&self) -> bool {
        self.json
    }

    pub(super) fn only_value(&self) -> Option<&'static str> {
        self.constant
    }

    fn is_written(&self, value: &dyn Encode) -> bool {
        (!self.read_only || direction::is_response())
            && (self.required || self.constant.is_some() || !value.is_absent())
    }
}

impl Shape {
    /// Returns the shape of a record with these fields.
    pub const fn new(fields: &'static [Field]) -> Self {
        let mut required = 0;
        let mut index = 0;
        while index < fields.len() && index < 64 {
            if fields[index].is_expected() {
                required |= 1 << index;
            }
            index += 1;
        }
        Self { fields, required }
    }

    /// Returns the shape of a type without fields: a map.
    pub fn none() -> &'static Self {
        static NONE: Shape = Shape::new(&[]);
        &NONE
    }

    /// Returns the fields, in order.
    pub const fn fields(&self) -> &'static [Field] {
        self.fields
    }

    /// Returns one bit for each of the first 64 fields, set if it is required in responses.
    pub(super) const fn required(&self) -> u64 {
        self.required
    }

    /// Returns the index of the field `key`. It is usually `next`, because most servers send properties in the order of
    /// the description.
    #[inline]
    pub(super) fn position(&self, key: &str, next: usize) -> Option<usize> {
        match self.fields.get(next) {
            Some(field) if field.name == key => Some(next),
            _ => self.search(key, next),
        }
    }

    /// Searches from `next` on first, because optional properties can be missing, and then before it.
    fn search(&self, key: &str, next: usize) -> Option<usize> {
        let fits = |field: &Field| field.name == key;
        let behind = self.fields.iter().skip(next).position(fits);
        behind
            .map(|index| next + index)
            .or_else(|| self.fields.iter().take(next).position(fits))
    }

    /// Calls `property` for each property that is written: the fields, whose values are `values` in the same order, and
    /// then those of `rest`.
    pub fn each(
        &self,
        values: &[&dyn Encode],
        rest: Option<&dyn ObjectView>,
        property: &mut dyn FnMut(&str, &dyn Encode),
    ) {
        for (field, value) in self.fields.iter().zip(values) {
            if field.is_written(*value) {
                property(field.name, *value);
            }
        }
        if let Some(rest) = rest {
            rest.each(property);
        }
    }
}
