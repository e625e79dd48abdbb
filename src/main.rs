fn main() {
    println!("moebi");
}
