use std::path::PathBuf;
fn main() {
    let paths: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    let c = if paths.is_empty() { yilan::corpus::load::sample() } else { yilan::corpus::load::load_all(&paths) };
    for (_, d, r) in c.reports() {
        let s:Vec<_>=r.sections.iter().map(|s|serde_json::json!({"line":s.line,"level":s.level,"text":s.heading.slice(&d.text),"run_in":s.run_in})).collect();
        println!(
            "{}",
            serde_json::json!({"file":d.path,"ranges":r.ranges.iter().map(|x|[x.first,x.last]).collect::<Vec<_>>(),"title":r.title,"subtitle":r.subtitle,"place":r.place,"province":r.province,"body":r.body,"years":r.years,"han":r.han,"chars":r.chars,"kind":r.kind,"sections":s})
        );
    }
    for i in c.issues() {
        eprintln!("{}:{:?} {}", i.path.display(), i.line, i.kind.message(yilan::text::Lang::Zh));
    }
}
