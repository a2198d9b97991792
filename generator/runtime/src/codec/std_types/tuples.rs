//! Arrays with a type for each element.

use std::borrow::Cow;

use crate::codec::{Array, Decode, Encode, ListView, Mismatch, Mode, View};

macro_rules! tuples {
    ($($len:literal: $($index:tt $element:ident),+;)*) => { $(
        impl<$($element: Decode),+> Decode for ($($element,)+) {
            fn empty() -> Self {
                ($($element::empty(),)+)
            }

            fn expected(&self) -> Cow<'static, str> {
                elements($len).into()
            }

            fn array(&mut self) -> Result<&mut dyn Array, Mismatch> {
                *self = Self::empty();
                Ok(self)
            }
        }

        impl<$($element: Decode),+> Array for ($($element,)+) {
            fn of_digits(&self) -> bool {
                $($element::wants_digits())||+
            }

            fn element(&mut self, index: usize) -> Result<&mut dyn Decode, Mismatch> {
                match index {
                    $($index => Ok(&mut self.$index),)+
                    _ => Err(Mismatch::expected(elements($len))),
                }
            }

            fn finish(&mut self, len: usize, _: Mode) -> Result<(), Mismatch> {
                $(if $index >= len && !self.$index.tolerates_absence() {
                    return Err(Mismatch::expected(elements($len)));
                })+
                Ok(())
            }
        }

        impl<$($element: Encode),+> Encode for ($($element,)+) {
            fn view(&self) -> View<'_> {
                View::List(self)
            }
        }

        impl<$($element: Encode),+> ListView for ($($element,)+) {
            fn len(&self) -> usize {
                $len
            }

            fn each(&self, item: &mut dyn FnMut(&dyn Encode)) {
                $(item(&self.$index);)+
            }
        }
    )* };
}

tuples! {
    1: 0 A;
    2: 0 A, 1 B;
    3: 0 A, 1 B, 2 C;
    4: 0 A, 1 B, 2 C, 3 D;
    5: 0 A, 1 B, 2 C, 3 D, 4 E;
    6: 0 A, 1 B, 2 C, 3 D, 4 E, 5 F;
    7: 0 A, 1 B, 2 C, 3 D, 4 E, 5 F, 6 G;
    8: 0 A, 1 B, 2 C, 3 D, 4 E, 5 F, 6 G, 7 H;
    9: 0 A, 1 B, 2 C, 3 D, 4 E, 5 F, 6 G, 7 H, 8 I;
    10: 0 A, 1 B, 2 C, 3 D, 4 E, 5 F, 6 G, 7 H, 8 I, 9 J;
    11: 0 A, 1 B, 2 C, 3 D, 4 E, 5 F, 6 G, 7 H, 8 I, 9 J, 10 K;
    12: 0 A, 1 B, 2 C, 3 D, 4 E, 5 F, 6 G, 7 H, 8 I, 9 J, 10 K, 11 L;
}

#[cold]
fn elements(len: usize) -> String {
    match len {
        1 => "an array of one element".to_owned(),
        _ => format!("an array of {len} elements"),
    }
}
