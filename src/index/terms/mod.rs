//! Words: Chinese segmentation, stop words, counts.
