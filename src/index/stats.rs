//! Figures over counts: rate, keyness, dispersion. Pure arithmetic, each formula with its source.
