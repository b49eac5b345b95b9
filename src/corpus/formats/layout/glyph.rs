//! A character on a page. Does not know about: how a file says where it stands.

use std::ops::{Add, Sub};

/// A place on a page.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Upwards.
    pub y: f64,
}

/// The way from one place to another.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Vec2 {
    /// To the right.
    pub x: f64,
    /// Upwards.
    pub y: f64,
}

impl Vec2 {
    /// How long it is.
    pub fn length(self) -> f64 {
        self.x.hypot(self.y)
    }
}

impl Sub for Point {
    type Output = Vec2;

    fn sub(self, other: Self) -> Vec2 {
        Vec2 { x: self.x - other.x, y: self.y - other.y }
    }
}

impl Add<Vec2> for Point {
    type Output = Self;

    fn add(self, way: Vec2) -> Self {
        Self { x: self.x + way.x, y: self.y + way.y }
    }
}

/// A character on a page as it is shown, in points; y grows upwards.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// What it says; U+FFFD where that is not told.
    pub text: String,
    /// Its code, and whether its font has codes of one byte and the text is no more than a guess.
    pub byte: Option<u8>,
    /// Where it begins.
    pub at: Point,
    /// From there to where the next one would.
    pub advance: Vec2,
    /// Its size.
    pub size: f64,
}
