//! What is known of a record beside its values: the names of its members and what each of them may do.

use super::{Encode, ObjectView};

/// The members of a record, in the order of its fields.
#[derive(Debug)]
pub struct Shape {
    fields: &'static [Field],
    /// One bit for each of the first 64 fields that must come.
    required: u64,
}

/// One member of a record.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark of its own in the macros"
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
    /// An optional member.
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

    /// The member must come when the record is read, and is written whatever it holds.
    pub const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    /// The member is never written.
    pub const fn read_only(self) -> Self {
        Self {
            read_only: true,
            ..self
        }
    }

    /// The member need not come when the record is read.
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

    /// The member has one value only, given as its text: it need not come, and is always written.
    pub const fn constant(self, text: &'static str) -> Self {
        Self {
            constant: Some(text),
            ..self
        }
    }

    /// The value is a number that is read by its digits.
    pub const fn decimal(self) -> Self {
        Self {
            decimal: true,
            ..self
        }
    }

    /// The name of the member in JSON.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    pub(super) const fn must_come(&self) -> bool {
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
        !self.read_only && (self.required || self.constant.is_some() || !value.is_absent())
    }
}

impl Shape {
    /// A record of these fields.
    pub const fn new(fields: &'static [Field]) -> Self {
        let mut required = 0;
        let mut index = 0;
        while index < fields.len() && index < 64 {
            if fields[index].must_come() {
                required |= 1 << index;
            }
            index += 1;
        }
        Self { fields, required }
    }

    /// The shape of what has no fields: a map.
    pub fn none() -> &'static Self {
        static NONE: Shape = Shape::new(&[]);
        &NONE
    }

    /// The fields, in order.
    pub const fn fields(&self) -> &'static [Field] {
        self.fields
    }

    /// One bit for each of the first 64 fields that must come.
    pub(super) const fn required(&self) -> u64 {
        self.required
    }

    /// The position of the member `key`, which is mostly `next`: members come in the order of the fields.
    #[inline]
    pub(super) fn position(&self, key: &str, next: usize) -> Option<usize> {
        match self.fields.get(next) {
            Some(field) if field.name == key => Some(next),
            _ => self.search(key, next),
        }
    }

    /// Looks behind `next` first, since some optional members may be absent, and then before it.
    fn search(&self, key: &str, next: usize) -> Option<usize> {
        let fits = |field: &Field| field.name == key;
        let behind = self.fields.iter().skip(next).position(fits);
        behind
            .map(|index| next + index)
            .or_else(|| self.fields.iter().take(next).position(fits))
    }

    /// Shows the members that are written: `values` are the fields in order, `rest` what follows them.
    pub fn each(
        &self,
        values: &[&dyn Encode],
        rest: Option<&dyn ObjectView>,
        member: &mut dyn FnMut(&str, &dyn Encode),
    ) {
        for (field, value) in self.fields.iter().zip(values) {
            if field.is_written(*value) {
                member(field.name, *value);
            }
        }
        if let Some(rest) = rest {
            rest.each(member);
        }
    }
}
