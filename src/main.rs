fn main() { println!("moebi"); }
