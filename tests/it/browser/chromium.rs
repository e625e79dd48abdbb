//! A headless Chromium, driven through pipes in its own protocol (Chrome DevTools Protocol): JSON objects, each ended by a NUL.
//!
//! Every answer has a deadline; whatever the page complained of is kept; nothing of it outlives its owner.

use std::{
    env,
    io::{BufRead, BufReader, Write},
    os::unix::process::CommandExt,
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Instant,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use rustix::process::{Pid, Signal, kill_process_group};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{PATIENCE, until};

pub struct Chromium {
    child: Child,
    to: ChildStdin,
    from: Receiver<Value>,
    session: Option<String>,
    with_script: bool,
    latest: u64,
    /// Events that nobody has looked at.
    events: Vec<Value>,
    folder: TempDir,
    /// Where the page comes from, which it may ask again.
    origin: String,
}

/// What a page is looked at with.
#[derive(Clone, Copy)]
pub struct View {
    pub width: u32,
    pub height: u32,
    pub with_script: bool,
    pub is_dark: bool,
}

pub const DESKTOP: View = View { width: 1280, height: 900, with_script: true, is_dark: false };
pub const PHONE: View = View { width: 360, height: 740, ..DESKTOP };

impl Chromium {
    /// With `html` open in it.
    pub fn showing(html: &str, view: View) -> Self {
        let mut chromium = Self::start();
        chromium.look(view);
        let path = chromium.folder.path().join("report.html");
        std::fs::write(&path, html).expect("the page is written");
        chromium.goes_to(&format!("file://{}", path.display()));
        chromium
    }

    /// With what is served there.
    pub fn at(url: &str, view: View) -> Self {
        let mut chromium = Self::start();
        chromium.look(view);
        let host = url.split('/').nth(2).expect("an absolute address");
        chromium.origin = format!("http://{host}/");
        chromium.goes_to(url);
        chromium
    }

    pub fn goes_to(&mut self, url: &str) {
        self.call("Page.navigate", json!({ "url": url }));
        self.event("Page.loadEventFired");
    }

    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder for its profile");
        let program = env::var("CHROMIUM").unwrap_or_else(|_| "chromium".to_owned());
        // It reads from descriptor 3 and writes to 4.
        let mut child = Command::new("sh")
            .args(["-c", r#"exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#, &program])
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .args(["--disable-dev-shm-usage", "--remote-debugging-pipe"])
            .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
            .env("HOME", folder.path())
            .env("TMPDIR", folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .process_group(0)
            .spawn()
            .expect("sh starts");
        let to = child.stdin.take().expect("piped");
        let answers = BufReader::new(child.stdout.take().expect("piped"));
        let (sender, from) = channel();
        // Ends with the pipe, which the browser holds.
        thread::spawn(move || {
            for answer in answers.split(0).map_while(Result::ok) {
                let sent = serde_json::from_slice(&answer).map(|answer| sender.send(answer));
                if !matches!(sent, Ok(Ok(()))) {
                    return;
                }
            }
        });
        let mut chromium = Self {
            child,
            to,
            from,
            session: None,
            with_script: true,
            latest: 0,
            events: Vec::new(),
            folder,
            origin: "file:".to_owned(),
        };
        let target = chromium.call("Target.createTarget", json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let session = chromium.call("Target.attachToTarget", attach);
        chromium.session = session["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            chromium.call(&format!("{domain}.enable"), json!({}));
        }
        chromium
    }

    fn look(&mut self, view: View) {
        self.with_script = view.with_script;
        let size = json!({ "width": view.width, "height": view.height, "deviceScaleFactor": 1, "mobile": view.width < 600 });
        self.call("Emulation.setDeviceMetricsOverride", size);
        self.call("Emulation.setScriptExecutionDisabled", json!({ "value": !view.with_script }));
        self.media("", view.is_dark);
    }

    /// `print`, or nothing for a screen.
    pub fn media(&mut self, media: &str, is_dark: bool) {
        let scheme = if is_dark { "dark" } else { "light" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.call("Emulation.setEmulatedMedia", json!({ "media": media, "features": features }));
    }

    /// Its answer, an error too.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.latest += 1;
        let id = self.latest;
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.to.write_all(&bytes).expect("the browser listens");
        self.until(method, |answer| answer["id"] == id)
    }

    pub fn call(&mut self, method: &str, params: Value) -> Value {
        let answer = self.ask(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    fn event(&mut self, method: &str) {
        if let Some(index) = self.events.iter().position(|event| event["method"] == method) {
            self.events.remove(index);
        } else {
            self.until(method, |event| event["method"] == method);
        }
    }

    fn until(&mut self, what: &str, is_it: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let answer = self.from.recv_timeout(left).unwrap_or_else(|_| panic!("no answer to {what}"));
            if is_it(&answer) {
                return answer;
            }
            self.events.push(answer);
        }
    }

    /// The value of a JavaScript expression, in the page.
    pub fn eval(&mut self, code: &str) -> Value {
        let params =
            json!({ "expression": code, "returnByValue": true, "awaitPromise": true, "userGesture": true });
        let result = self.call("Runtime.evaluate", params);
        assert!(result.get("exceptionDetails").is_none(), "{code}: {result}");
        result["result"]["value"].clone()
    }

    /// A text of a page that may be leaving for another at any moment; none while it does.
    pub fn glimpse(&mut self, code: &str) -> Option<String> {
        let answer = self.ask("Runtime.evaluate", json!({ "expression": code, "returnByValue": true }));
        Some(answer["result"]["result"]["value"].as_str()?.to_owned())
    }

    pub fn text(&mut self, code: &str) -> String {
        self.eval(code).as_str().unwrap_or_default().to_owned()
    }

    /// Lets the page draw, so that what a deed brought about is there, be it another page. Without scripts no frame calls
    /// back.
    pub fn settle(&mut self) {
        let drawn = if self.with_script {
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))"
        } else {
            "document.body?.getBoundingClientRect().height"
        };
        let params = json!({ "expression": drawn, "awaitPromise": true });
        // A page that leaves for another takes what was asked of it along.
        until("the page is drawn", || match self.ask("Runtime.evaluate", params.clone()).get("error") {
            None => Ok(()),
            Some(error) => Err(error.clone()),
        });
    }

    /// A key as a keyboard sends it: `Tab`, `ArrowDown`, `Enter`, …
    pub fn key(&mut self, key: &str) {
        let codes = [("Tab", 9), ("Enter", 13), ("Escape", 27), ("End", 35), ("Home", 36)];
        let arrows = [("ArrowLeft", 37), ("ArrowUp", 38), ("ArrowRight", 39), ("ArrowDown", 40)];
        let code = codes.iter().chain(&arrows).find(|(name, _)| *name == key).expect("a key that is known").1;
        let text = if key == "Enter" { "\r" } else { "" };
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" { text } else { "" };
            let event =
                json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code, "text": text });
            self.call("Input.dispatchKeyEvent", event);
        }
        self.settle();
    }

    pub fn types(&mut self, text: &str) {
        self.call("Input.insertText", json!({ "text": text }));
        self.settle();
    }

    /// A click with the mouse in the middle of what a selector finds first.
    pub fn click(&mut self, selector: &str) {
        let place = self.eval(&format!(
            "(() => {{ const it = document.querySelector({selector:?}); it.scrollIntoView({{ block: 'center', inline: 'center' }});
             const box = it.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }})()"
        ));
        for kind in ["mousePressed", "mouseReleased"] {
            let event =
                json!({ "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", event);
        }
        self.settle();
    }

    /// The pages of a PDF.
    pub fn print(&mut self) -> Vec<u8> {
        let printed =
            self.call("Page.printToPDF", json!({ "preferCSSPageSize": true, "printBackground": false }));
        STANDARD.decode(printed["data"].as_str().expect("a PDF")).expect("in base 64")
    }

    /// Everything that went wrong in the page, and every dialog and request that it should not have made.
    pub fn complaints(&mut self) -> Vec<String> {
        self.settle();
        let is_bad = |event: &&Value| match event["method"].as_str() {
            Some(
                "Runtime.exceptionThrown"
                | "Runtime.consoleAPICalled"
                | "Log.entryAdded"
                | "Page.javascriptDialogOpening",
            ) => true,
            Some("Network.requestWillBeSent") => {
                let url = event["params"]["request"]["url"].as_str().unwrap_or_default();
                !["data:", &self.origin].iter().any(|own| url.starts_with(*own))
            }
            _ => false,
        };
        self.events.iter().filter(is_bad).map(ToString::to_string).collect()
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.child.wait();
    }
}
