//! Radicals as the characters they are in a text: some programs write ⼀ (U+2F00, a radical) for 一. In: a character. Out: the
//! character meant. Does not know about: PDF.
//!
//! U+2F00 to U+2FD5 by their compatibility decompositions (Unicode Character Database); of U+2E80 to U+2EF3, which have
//! none, those that are characters of their own, by their names there.

/// What the radicals from U+2F00 on stand for.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮\
    皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";
/// Radicals of the supplement that are characters, each with that character.
const SUPPLEMENT: &str = "⺁厂⺏尢⺟母⺠民⺩王⺶羊⺽臼⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻲亀⻳龟";

/// The character that is meant.
pub fn fold(c: char) -> char {
    let of_kangxi = |at: u32| KANGXI.chars().nth(at as usize);
    let of_supplement = || SUPPLEMENT.split(c).nth(1).and_then(|rest| rest.chars().next());
    match u32::from(c) {
        code @ 0x2f00..=0x2fd5 => of_kangxi(code - 0x2f00).unwrap_or(c),
        0x2e80..=0x2ef3 => of_supplement().unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_are_characters() {
        assert_eq!(KANGXI.chars().count(), 214);
        let folded: String = "⼀⽅⽔⼟⻓⻢龠\u{2fd5}灯".chars().map(fold).collect();
        assert_eq!(folded, "一方水土长马龠龠灯");
    }
}
