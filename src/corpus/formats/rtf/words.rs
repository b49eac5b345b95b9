//! Words of RTF. In: a word, a number. Out: what they mean. Does not know about: groups, text.

use encoding_rs::Encoding;

/// Groups whose text is not the document's.
const SKIPPED: &str = "colortbl info pict header headerl headerr headerf footer footerl footerr footerf themedata \
    colorschememapping latentstyles datastore listtable listoverridetable rsidtbl generator xmlnstbl \
    fldinst annotation atnid atnauthor atnref revtbl nonesttables objdata objclass objname filetbl \
    pgptbl userprops docvar bkmkstart bkmkend sp wgrffmtfilter ftnsep ftnsepc ftncn aftnsep aftnsepc \
    aftncn nextfile template pnseclvl falt panose shppict nonshppict sn sv mmathPr listname listpicture \
    keycode";

/// Whether a group that begins with this word is no part of the text.
pub fn is_skipped(word: &str) -> bool {
    SKIPPED.split(' ').any(|known| known == word)
}

/// The code page of a font's character set, or one called by number.
pub fn code_page(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        134 | 936 => encoding_rs::GBK,
        136 | 950 => encoding_rs::BIG5,
        128 | 932 => encoding_rs::SHIFT_JIS,
        129 | 949 => encoding_rs::EUC_KR,
        1252 => encoding_rs::WINDOWS_1252,
        65001 => encoding_rs::UTF_8,
        _ => return None,
    })
}
