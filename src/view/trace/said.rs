//! What a message says, without what only the runtime needs.

use super::What;

/// Of a text that is printed, or typed, so much is a line.
const MAX_LINE: usize = 200;

/// A message as `inspect` writes it. A request of a `GenServer` is `{:"$gen_call", {pid, ref}, request}`, an answer is
/// `{ref, answer}`, and a task is told by who has asked for it `{owner, ref, …, {module, function, arguments}}`.
pub(super) fn message(text: &str) -> (What, String) {
    let (what, said) = match parts(text).as_slice() {
        [":\"$gen_call\"", _, request] => (What::Call, request_of(request)),
        [":\"$gen_cast\"", request] => (What::Message, (*request).to_owned()),
        [reference, answer] if is_reference(reference) => (What::Reply, (*answer).to_owned()),
        [_owner, reference, .., work] if is_reference(reference) => {
            call(work).map_or_else(|| (What::Message, text.to_owned()), |call| (What::Call, call))
        }
        _ => (What::Message, text.to_owned()),
    };
    (what, line(&said))
}

/// A task supervisor is told of the caller, and nothing yet of what to do.
fn request_of(request: &str) -> String {
    let is_task = parts(request).first() == Some(&":start_task");
    if is_task { "{:start_task, …}".to_owned() } else { request.to_owned() }
}

/// What a task is to do, `{Chat, :receive_message, ["Hi"]}`, as it would be called.
fn call(work: &str) -> Option<String> {
    let parts = parts(work);
    let [module, function, arguments] = parts.as_slice() else { return None };
    let function = function.strip_prefix(':')?;
    let arguments = arguments.strip_prefix('[')?.strip_suffix(']')?;
    let is_fn = (*module, function) == (":erlang", "apply") && arguments.starts_with("#Function<");
    Some(if is_fn { "fn".to_owned() } else { format!("{module}.{function}({arguments})") })
}

/// The reason of an exit. `:erpc.call` has the other node send its value so: `{ref, :return, value}`.
pub(super) fn exit(reason: &str) -> (What, String) {
    match parts(reason).as_slice() {
        [reference, ":return", value] if is_reference(reference) => (What::Reply, line(value)),
        _ => (What::Exit, line(reason)),
    }
}

fn is_reference(text: &str) -> bool {
    text.starts_with("#Reference<") || text.starts_with("[:alias | #Reference<")
}

/// The first line, shortened; an ellipsis where there is more.
pub(super) fn line(text: &str) -> String {
    let mut lines = text.trim().lines();
    let first = lines.next().unwrap_or_default();
    let end = first.floor_char_boundary(MAX_LINE);
    let is_cut = end < first.len() || lines.next().is_some();
    format!("{}{}", &first[..end], if is_cut { " …" } else { "" })
}

/// The elements of a tuple; none where it is no tuple, or where its text is cut short.
fn parts(text: &str) -> Vec<&str> {
    let Some(inside) = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) else {
        return Vec::new();
    };
    let (mut parts, mut from, mut depth, mut is_text, mut is_escaped) =
        (Vec::new(), 0, 0_usize, false, false);
    for (at, sign) in inside.char_indices() {
        match sign {
            _ if is_escaped => is_escaped = false,
            '\\' if is_text => is_escaped = true,
            '"' => is_text = !is_text,
            _ if is_text => {}
            '{' | '[' | '(' | '<' => depth += 1,
            '}' | ']' | ')' | '>' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(inside[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    if is_text || depth > 0 {
        return Vec::new();
    }
    parts.push(inside[from..].trim());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_the_runtime_needs_is_left_out() {
        let said = |text| message(text);
        assert_eq!(said("{:hi, #PID<0.115.0>}"), (What::Message, "{:hi, #PID<0.115.0>}".to_owned()));
        let call = "{:\"$gen_call\", {#PID<0.1.0>, [:alias | #Reference<0.1.2.3>]}, {:which, \"a, }b\"}}";
        assert_eq!(said(call), (What::Call, "{:which, \"a, }b\"}".to_owned()));
        assert_eq!(said("{[:alias | #Reference<0.1.2.3>], {:ok, 1}}"), (What::Reply, "{:ok, 1}".to_owned()));
        assert_eq!(said("{#Reference<0.1.2.3>, :ok}"), (What::Reply, ":ok".to_owned()));
        let task = "{#PID<0.1.0>, #Reference<0.1.2.3>, #Reference<0.1.2.3>, [#PID<0.1.0>], {Chat, :say, [\"a\", :b]}}";
        assert_eq!(said(task), (What::Call, "Chat.say(\"a\", :b)".to_owned()));
        let start = "{:\"$gen_call\", {#PID<0.1.0>, [:alias | #Reference<0.1.2.3>]}, {:start_task, [:x], :temporary, nil}}";
        assert_eq!(said(start), (What::Call, "{:start_task, …}".to_owned()));
        assert_eq!(said("{:cut, \"sho"), (What::Message, "{:cut, \"sho".to_owned()));
        assert_eq!(
            exit("{#Reference<0.1.2.3>, :return, {\"me\\n\", 0}}"),
            (What::Reply, "{\"me\\n\", 0}".to_owned())
        );
        assert_eq!(exit("{:return, 1}"), (What::Exit, "{:return, 1}".to_owned()));
    }

    #[test]
    fn a_line_is_short() {
        assert_eq!(line("one\n"), "one");
        assert_eq!(line("one\ntwo"), "one …");
        assert!(line(&"ά".repeat(1_000)).len() <= MAX_LINE + 5);
    }
}
