//! How fast paragraphs are wrapped: about 1 MB of generated Chinese prose at the widths of a narrow panel, a page and
//! a wide screen. The target is 100 MB/s. Run with `cargo bench --bench wrap`.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use yilan::testing::text::width::{Ambiguous, str_width};
use yilan::testing::text::wrap::{Wrap, wrap};

fn main() {
    divan::main();
}

/// Paragraphs of some 600 bytes, with the punctuation and the numbers that reports are full of; the same every time.
fn paragraphs(bytes: usize) -> Vec<String> {
    const HAN: &str = "市县区工作发展经济社会建设推进加强提高服务民生产业城乡农村生态环境监督代表会议报告年度完成增长项目投资企业改革开放创新";
    const BETWEEN: [&str; 12] = ["，", "，", "，", "、", "、", "。", "；", "“", "”", "（", "）", "：2023年"];
    const NUMBERS: [&str; 6] = ["12.5%", "1,234", "2022", "36", "GDP", "C919"];
    let han: Vec<char> = HAN.chars().collect();
    let mut seed = 1u64;
    let mut draw = move |n: usize| {
        // A linear congruential generator (Knuth, MMIX); the high bits are the random ones.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % n
    };
    let (mut out, mut total) = (Vec::new(), 0);
    while total < bytes {
        let mut text = String::new();
        while text.len() < 600 {
            for _ in 0..4 + draw(9) {
                text.push(han[draw(han.len())]);
            }
            if draw(4) == 0 {
                text.push_str(NUMBERS[draw(NUMBERS.len())]);
                text.push(han[draw(han.len())]);
            }
            text.push_str(BETWEEN[draw(BETWEEN.len())]);
        }
        total += text.len();
        out.push(text);
    }
    out
}

#[divan::bench(args = [20, 80, 120])]
fn wrap_prose(bencher: Bencher, width: usize) {
    let paragraphs = paragraphs(1_000_000);
    let bytes: usize = paragraphs.iter().map(String::len).sum();
    let room = Wrap { width, first_indent: 4, rest_indent: 0, ambiguous: Ambiguous::Narrow };
    bencher
        .counter(BytesCount::new(bytes))
        .bench_local(|| paragraphs.iter().map(|text| wrap(black_box(text), 0, &room).len()).sum::<usize>());
}

#[divan::bench]
fn measure_prose(bencher: Bencher) {
    let paragraphs = paragraphs(1_000_000);
    let bytes: usize = paragraphs.iter().map(String::len).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench_local(|| paragraphs.iter().map(|text| str_width(black_box(text), Ambiguous::Narrow)).sum::<usize>());
}
