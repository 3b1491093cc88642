"""A timer that provably polls nothing is nobody's business, however often it fires; every other one is."""

import pytest

from tests.javascript.pages import assert_as_marked

SILENT = {
    "a clock writes the time": "setInterval(() => { el.textContent = new Date().toLocaleTimeString(); }, 1000);",
    "a clock looks its element up": """
        setInterval(function () {
          document.getElementById("clock").innerHTML = new Intl.DateTimeFormat("de").format(Date.now());
        }, 1000);""",
    "a clock that is a function of the file": """
        const pad = (n) => String(n).padStart(2, "0");
        function tick() { clock.textContent = `${pad(now().getHours())}:${pad(now().getMinutes())}`; }
        function now() { return new Date(); }
        setInterval(tick, 1000);""",
    "a clock that is a method of a class": """
        class Clock {
          start() { this.timer = setInterval(() => this.tick(), 1000); }
          tick() { this.element.textContent = this.format(new Date()); }
          format(date) { return date.toISOString().slice(11, 19); }
        }""",
    "a method that is handed over bound": """
        class Clock {
          constructor() { setInterval(this.tick.bind(this), 1000); }
          tick() { this.now = Date.now(); }
        }""",
    "an object of a class of the file": """
        class Clock { tick() { this.now = Date.now(); } }
        const clock = new Clock();
        setInterval(() => clock.tick(), 1000);""",
    "an Alpine component counts seconds": """
        Alpine.data("page", () => ({ seconds: 0, init() { setInterval(() => this.seconds++, 1000); } }));""",
    "a Vue component whose methods stand apart": """
        export default {
          mounted() { setInterval(() => this.tick(), 1000); },
          methods: { tick() { this.now = Date.now(); } },
        };""",
    "a prototype": """
        function Clock() {}
        Clock.prototype.tick = function () { this.now = performance.now(); };
        Clock.prototype.start = function () { setInterval(() => this.tick(), 1000); };""",
    "an animation asks for frames": """
        function draw() { box.style.left = Math.sin(Date.now() / 1000) * 100 + "px"; requestAnimationFrame(draw); }
        setInterval(() => requestAnimationFrame(draw), 1000);""",
    "a carousel goes round": """
        setInterval(() => {
          slides[current].classList.remove("active");
          current = (current + 1) % slides.length;
          slides[current].classList.add("active");
        }, 1000);""",
    "a canvas is painted": """
        setInterval(() => {
          const ctx = canvas.getContext("2d");
          ctx.clearRect(0, 0, 9, 9);
          stars.forEach((star) => { ctx.fillRect(star.x, star.y, 1, 1); });
        }, 1000);""",
    "a jQuery clock": """setInterval(() => { $("#clock").find("b").text(moment().format("LTS")); }, 1000);""",
    "a heartbeat that sets a field": "setInterval(() => { state.lastBeat = Date.now(); }, 1000);",
    "a countdown that stops itself": """
        const timer = setInterval(() => { if (--left <= 0) { clearInterval(timer); } }, 1000);""",
    "a timer within a timer": "setInterval(() => { on = true; setTimeout(() => { on = false; }, 1000); }, 1000);",
    "a callback that says something": "setInterval(() => console.log('still here'), 1000);",
    "a callback that does nothing": "setInterval(() => {}, 1000);",
    "a clock kept in a jQuery variable": """
        const $clock = $("#clock"), $hands = $clock.find(".hand");
        setInterval(() => { $clock.text(new Date().toLocaleTimeString()); $hands.toggleClass("on"); }, 1000);""",
    "a clock of React": """
        const [seconds, setSeconds] = useState(0);
        useEffect(() => { setInterval(() => setSeconds((before) => before + 1), 1000); }, []);""",
    "a clock of React that only draws itself again": """
        const [, setTick] = React.useState(0);
        setInterval(() => setTick((tick) => tick + 1), 1000);""",
    "an element that is exchanged": """
        setInterval(() => { document.body.replaceChild(next(), document.getElementById("ad")); }, 1000);
        function next() { const made = document.createElement("img"); made.src = ads[++n]; return made; }""",
    "functions that call each other": """
        function ping() { count += 1; pong(); }
        function pong() { if (count < 3) ping(); }
        setInterval(ping, 1000);""",
    "a function expression that is called at once": "setInterval(() => { (function () { n += 1; })(); }, 1000);",
    "an array of names handed to a function of the file": """
        const show = (name) => { document.querySelector(name).hidden = false; };
        setInterval(() => names.filter(Boolean).forEach(show), 1000);""",
    "an object of a plain class is made": """
        class Star { constructor() { this.x = Math.random(); } }
        setInterval(() => stars.push(new Star()), 1000);""",
}

SPEAKING = {
    "it fetches": "setInterval(async () => { await fetch('/x'); }, 1000);",
    "it fetches at the end of a chain": """
        const load = () => api.get("/status");
        function refresh() { draw(); load(); }
        function draw() { el.textContent = "..."; }
        setInterval(refresh, 1000); // expect: BG041""",
    "it calls what the file does not define": "setInterval(() => pollStatus(), 1000);",
    "it is what the file does not define": "setInterval(pollStatus, 1000);",
    "it is a parameter": "function every(f) {\n setInterval(f, 1000); // expect: BG041\n}",
    "it is a string": "setInterval('tick()', 1000);",
    "it is wrapped by an unknown function": "setInterval(debounce(tick), 1000); function tick() {}",
    "it loads the page again": "setInterval(() => location.reload(), 1000);",
    "it goes to another page": "setInterval(() => { window.location.href = '/jobs'; }, 1000);",
    "it goes to another page by a method called replace": "setInterval(() => window.location.replace('/jobs'), 1000);",
    "a clock that fetches too": "setInterval(() => { el.textContent = new Date().toString(); refresh(); }, 1000);",
    "a keep-alive: a known limit": "setInterval(() => socket.send('ping'), 1000);",
    "it makes a request object": "setInterval(() => { new XMLHttpRequest(); }, 1000);",
    "it imports": "setInterval(() => import('./poll.js'), 1000);",
    "it hands over what the file does not define": "setInterval(() => setTimeout(pollStatus, 0), 1000);",
    "it hands an array's members to the unknown": "setInterval(() => jobs.forEach(refresh), 1000);",
    "a tagged template": "setInterval(() => gql`{ jobs }`, 1000);",
    "Date is not the browser's": "const Date = require('./date');\nsetInterval(() => Date.now(), 1000); // expect: BG041",
    "a method of this that is known and fetches, called format": """
        class Page {
          start() { setInterval(() => this.format(), 1000); } // expect: BG041
          format() { return fetch("/x"); }
        }""",
    "a method that is defined twice": """
        const page = {
          start() { setInterval(() => this.format(), 1000); }, // expect: BG041
          format() {},
        };
        page.format = () => fetch("/x");""",
    "a method that the constructor replaces": """
        class Clock {
          constructor(format) { this.format = format; }
          start() { setInterval(() => this.format(), 1000); } // expect: BG041
          format() {}
        }""",
    "an object of a class that derives from the unknown": """
        class Star extends Sprite { constructor() { this.x = 1; } }
        setInterval(() => new Star(), 1000); // expect: BG041""",
    "a class that derives from the unknown": """
        class Clock extends Base { start() { setInterval(() => this.tick(), 1000); } } // expect: BG041
        class Other { tick() {} }""",
    "one arm of a choice fetches": """
        function tick() { this.now = 1; }
        setInterval(live ? tick : refresh, 1000); // expect: BG041
        function refresh() { fetch("/x"); }""",
    "one arm of a choice is unknown": """
        function tick() { this.now = 1; }
        const callback = live ? tick : refresh;
        setInterval(callback, 1000); // expect: BG041""",
    "what another hook returns": """
        const [seconds, refresh] = useJobs(0);
        setInterval(() => refresh(), 1000); // expect: BG041""",
    "a state of React that is fetched": """
        const [jobs, setJobs] = useState([]);
        setInterval(async () => setJobs(await load()), 1000); // expect: BG041""",
    "the second of what a hole is in": """
        const [, , refresh] = useState([]);
        setInterval(() => refresh(), 1000); // expect: BG041""",
    "text of something that is not jQuery's": "const page = $.ajax('/x');\nsetInterval(() => page.text(), 1000); // expect: BG041",
    "text of what may be something else": """
        let $clock = $("#clock");
        $clock = await fetch("/x");
        setInterval(() => $clock.text(), 1000); // expect: BG041""",
    "code that cannot be read": "setInterval(() => { let = = ; }, 1000);",
    "an object of a class that fetches": """
        class Poller { constructor() { fetch("/x"); } }
        setInterval(() => new Poller(), 1000); // expect: BG041""",
    "a callback too long to be read": f"setInterval(() => {{ {'n += 1; ' * 2000} }}, 1000);",
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in SILENT.items()])
def test_what_polls_nothing_is_silent(text: str) -> None:
    assert_as_marked(text)


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in SPEAKING.items()])
def test_what_may_poll_is_reported(text: str) -> None:
    assert_as_marked(text if "expect:" in text else f"{text} // expect: BG041")
