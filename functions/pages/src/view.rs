//! What a page is made of. Pages say what they show in these words, and the one layout, `templates/page.html`, says how it looks;
//! so they are one product, and each is accessible in the same way.

use runtime::ProblemBody;
use values::Language;

use crate::words::{own_name, say, say_of};

/// A page, but for what all pages share.
pub(crate) struct Page {
    pub(crate) language: Language,
    pub(crate) title: String,
    /// What was done, by the page before or by this one.
    pub(crate) done: Vec<String>,
    /// What is wrong with what was sent.
    pub(crate) mistakes: Option<Mistakes>,
    /// Whether someone is logged in, who can log out.
    pub(crate) is_of_account: bool,
    /// Whether it takes more room than a form does.
    pub(crate) is_wide: bool,
    pub(crate) blocks: Vec<Block>,
}

/// A part of a page.
pub(crate) enum Block {
    /// A paragraph.
    Text(String),
    /// The heading of what follows.
    Heading(String),
    /// Something to fill in and send.
    Form(Form),
    /// Where one can go.
    Links(Vec<Link>),
    /// Names and values.
    Facts(Vec<(String, String)>),
    /// Things of one kind, each with what can be done with it.
    Items(Vec<Item>),
    /// Which things of one kind are shown.
    Filter(Filter),
}

/// Ways to the same page with other things on it.
pub(crate) struct Filter {
    /// What it is, for those who do not see where it stands.
    pub(crate) label: String,
    /// Words, address, and whether that is what is shown now.
    pub(crate) ways: Vec<(String, String, bool)>,
}

/// Things of one kind to choose from, with what is known of each.
pub(crate) struct Table {
    pub(crate) heads: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

/// One of the things in a table. Its title stands in the first of the cells.
pub(crate) struct Row {
    pub(crate) value: String,
    pub(crate) title: String,
    pub(crate) is_ticked: bool,
    pub(crate) cells: Vec<Vec<Line>>,
}

/// A line in a cell.
pub(crate) struct Line {
    /// What the words are about, where their column does not say it.
    pub(crate) about: Option<String>,
    pub(crate) words: String,
    pub(crate) is_mark: bool,
    /// Whether the mark is a reason to look twice.
    pub(crate) is_doubtful: bool,
}

impl Line {
    pub(crate) fn plain(words: String) -> Self {
        Self { about: None, words, is_mark: false, is_doubtful: false }
    }

    pub(crate) fn about(about: String, words: &str) -> Self {
        Self { about: Some(about), ..Self::plain(words.to_owned()) }
    }

    pub(crate) fn marked(words: String) -> Self {
        Self { is_mark: true, ..Self::plain(words) }
    }
}

/// One of several things.
pub(crate) struct Item {
    pub(crate) title: String,
    /// Said of it at its side.
    pub(crate) mark: Option<String>,
    pub(crate) lines: Vec<String>,
    pub(crate) forms: Vec<Form>,
}

/// Where one can go.
pub(crate) struct Link {
    pub(crate) words: String,
    pub(crate) address: String,
    /// Whether it is what most people want next.
    pub(crate) is_main: bool,
}

/// Something to fill in and send to the page itself.
#[derive(Default)]
pub(crate) struct Form {
    pub(crate) fields: Vec<Field>,
    /// Values that are sent along.
    pub(crate) hidden: Vec<(&'static str, String)>,
    pub(crate) button: String,
    /// What the button is about, for those who do not see where it stands.
    pub(crate) button_about: Option<String>,
    /// Buttons in place of the one, where the form can be sent for different ends.
    pub(crate) buttons: Vec<Button>,
    /// Whether there are more important things on the page.
    pub(crate) is_quiet: bool,
}

/// A button that says what the form is sent for.
pub(crate) struct Button {
    pub(crate) name: &'static str,
    pub(crate) value: &'static str,
    pub(crate) words: String,
    pub(crate) is_quiet: bool,
}

/// A field of a form.
pub(crate) struct Field {
    /// Its name, which is where the endpoint reports what is wrong with it.
    pub(crate) name: &'static str,
    pub(crate) label: String,
    /// What it is about, for those who do not see where it stands.
    pub(crate) label_about: Option<String>,
    /// Whether it may be left out.
    pub(crate) is_optional: bool,
    pub(crate) hint: Option<String>,
    pub(crate) mistake: Option<String>,
    pub(crate) control: Control,
    /// What tells it from fields of the same name on the page.
    pub(crate) id: String,
    /// Whether it is shown only where a company is chosen.
    pub(crate) is_of_company: bool,
}

/// How a field is filled in.
pub(crate) enum Control {
    /// By typing.
    Input(Input),
    /// By ticking.
    Tick(bool),
    /// By choosing one of a few.
    Choice(Vec<Choice>),
    /// By typing, where the text may have line breaks.
    Area(Area),
    /// By ticking any of many.
    Table(Table),
}

/// Several lines to type.
pub(crate) struct Area {
    pub(crate) value: String,
    pub(crate) longest: u32,
}

/// A line to type.
#[derive(Default)]
pub(crate) struct Input {
    pub(crate) kind: &'static str,
    pub(crate) value: String,
    pub(crate) autocomplete: &'static str,
    pub(crate) inputmode: &'static str,
    pub(crate) is_required: bool,
    pub(crate) longest: u32,
}

/// One of a few.
pub(crate) struct Choice {
    pub(crate) value: &'static str,
    pub(crate) words: String,
    pub(crate) is_chosen: bool,
    pub(crate) language: Option<&'static str>,
}

/// What is wrong with what was sent: in general, and by field.
pub(crate) struct Mistakes {
    pub(crate) title: String,
    pub(crate) text: Option<String>,
    pub(crate) fields: Vec<(String, String)>,
    /// What was not done.
    pub(crate) undone: Vec<String>,
}

impl Page {
    pub(crate) fn new(language: Language, title: &str) -> Self {
        Self {
            language,
            title: say(language, title),
            done: Vec::new(),
            mistakes: None,
            is_of_account: false,
            is_wide: false,
            blocks: Vec::new(),
        }
    }

    /// The same of someone who is logged in.
    pub(crate) fn of_account(self) -> Self {
        Self { is_of_account: true, ..self }
    }

    /// The same with more room than a form needs.
    pub(crate) fn wide(self) -> Self {
        Self { is_wide: true, ..self }
    }

    /// The same with a paragraph.
    pub(crate) fn text(self, key: &str) -> Self {
        let sentence = say(self.language, key);
        self.block(Block::Text(sentence))
    }

    /// The same with a heading.
    pub(crate) fn heading(self, key: &str) -> Self {
        let words = say(self.language, key);
        self.block(Block::Heading(words))
    }

    /// The same with a further part.
    pub(crate) fn block(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    /// The same with ways to go on, the first of them the one that most people want.
    pub(crate) fn links(self, links: &[(&str, &str)]) -> Self {
        self.ways(links, true)
    }

    /// The same with ways to go on, none of which most people want.
    pub(crate) fn quiet_links(self, links: &[(&str, &str)]) -> Self {
        self.ways(links, false)
    }

    fn ways(self, links: &[(&str, &str)], has_main: bool) -> Self {
        let language = self.language;
        let link = |(position, (key, address)): (usize, &(&str, &str))| Link {
            words: say(language, key),
            address: (*address).to_owned(),
            is_main: has_main && position == 0,
        };
        self.block(Block::Links(links.iter().enumerate().map(link).collect()))
    }

    /// The same with what is wrong: told at the top, with links to the fields, and again at each field.
    pub(crate) fn with_mistakes(mut self, problem: &ProblemBody) -> Self {
        let fields = self.blocks.iter_mut().filter_map(|block| match block {
            Block::Form(form) => Some(&mut form.fields),
            _ => None,
        });
        let mut told = Vec::new();
        for field in fields.flatten() {
            if let Some(error) = problem.errors.iter().find(|error| error.field == field.name) {
                let facts = [("label", field.label.as_str().into()), ("message", error.message.as_str().into())];
                let mistake = say_of(self.language, "mistake", &facts);
                told.push((field.id.clone(), mistake.clone()));
                field.mistake = Some(mistake);
            }
        }
        let title = if told.is_empty() { problem.title.clone() } else { say(self.language, "mistakes") };
        let text = told.is_empty().then(|| problem.detail.clone());
        self.mistakes = Some(Mistakes { title, text, fields: told, undone: Vec::new() });
        self
    }

    /// The same with what was not done, under a title.
    pub(crate) fn with_undone(mut self, title: &str, undone: Vec<String>) -> Self {
        let title = say(self.language, title);
        self.mistakes = Some(Mistakes { title, text: None, fields: Vec::new(), undone });
        self
    }
}

impl Form {
    /// Does one thing with one of many. `action` names it for the page that it is sent to, and is the key of the words on the button.
    pub(crate) fn action(language: Language, action: &'static str, id: &str, about: &str) -> Self {
        Self {
            hidden: vec![("action", action.to_owned()), ("id", id.to_owned())],
            button: say(language, action),
            button_about: Some(about.to_owned()),
            is_quiet: true,
            ..Self::default()
        }
    }
}

impl Field {
    fn new(language: Language, name: &'static str, label: &str, control: Control) -> Self {
        Self {
            name,
            label: say(language, label),
            label_about: None,
            is_optional: false,
            hint: None,
            mistake: None,
            control,
            id: name.replace('.', "-"),
            is_of_company: false,
        }
    }

    /// A line to type, with a label and how browsers fill it in.
    pub(crate) fn line(language: Language, name: &'static str, label: &str, autocomplete: &'static str) -> Self {
        let input = Input { kind: "text", autocomplete, is_required: true, longest: 1000, ..Input::default() };
        Self::new(language, name, label, Control::Input(input))
    }

    /// An address.
    pub(crate) fn email(language: Language, value: &str) -> Self {
        let input =
            Input { kind: "email", autocomplete: "email", inputmode: "email", is_required: true, ..Input::default() };
        Self::new(language, "email", "email", Control::Input(Input { longest: 254, ..input })).value(value)
    }

    /// A password. What was typed is never shown again.
    pub(crate) fn password(language: Language, name: &'static str, label: &str, autocomplete: &'static str) -> Self {
        let input = Input { kind: "password", autocomplete, is_required: true, longest: 1000, ..Input::default() };
        Self::new(language, name, label, Control::Input(input))
    }

    /// Something to tick.
    pub(crate) fn tick(language: Language, name: &'static str, label: &str, is_ticked: bool) -> Self {
        Self::new(language, name, label, Control::Tick(is_ticked))
    }

    /// Several lines to type.
    pub(crate) fn area(language: Language, name: &'static str, label: &str, value: &str) -> Self {
        Self::new(language, name, label, Control::Area(Area { value: value.to_owned(), longest: 1000 }))
    }

    /// Any of many, with what is known of each.
    pub(crate) fn table(language: Language, name: &'static str, label: &str, table: Table) -> Self {
        Self::new(language, name, label, Control::Table(table))
    }

    /// One of a few.
    pub(crate) fn choice(language: Language, name: &'static str, label: &str, choices: Vec<Choice>) -> Self {
        Self::new(language, name, label, Control::Choice(choices))
    }

    /// One of the languages there are.
    pub(crate) fn languages(language: Language, chosen: Language) -> Self {
        let choice = |each: Language| Choice {
            value: each.code(),
            words: own_name(each).to_owned(),
            is_chosen: each == chosen,
            language: Some(each.code()),
        };
        Self::choice(language, "language", "language-for-mail", Language::ALL.map(choice).into())
    }

    /// The same with what was typed before.
    pub(crate) fn value(mut self, value: &str) -> Self {
        if let Control::Input(input) = &mut self.control {
            value.clone_into(&mut input.value);
        }
        self
    }

    /// The same, to be filled in with a keyboard of that mode.
    pub(crate) fn typed(mut self, kind: &'static str, inputmode: &'static str) -> Self {
        if let Control::Input(input) = &mut self.control {
            (input.kind, input.inputmode) = (kind, inputmode);
        }
        self
    }

    /// The same, which may be left out.
    pub(crate) fn optional(mut self) -> Self {
        if let Control::Input(input) = &mut self.control {
            input.is_required = false;
        }
        self.is_optional = true;
        self
    }

    /// The same with a sentence that helps to fill it in.
    pub(crate) fn hint(mut self, language: Language, key: &str) -> Self {
        self.hint = Some(say(language, key));
        self
    }

    /// The same, for companies only: not marked as required, because the browser would ask it of people too.
    pub(crate) fn of_company(mut self) -> Self {
        self.is_of_company = true;
        if let Control::Input(input) = &mut self.control {
            input.is_required = false;
        }
        self
    }

    /// The same, told from others of its name: by its id, and for those who do not see where it stands by what it is about.
    pub(crate) fn told_by(mut self, suffix: &str, about: &str) -> Self {
        self.id = format!("{}-{suffix}", self.id);
        self.label_about = Some(about.to_owned());
        self
    }

    /// The same with another label.
    pub(crate) fn labelled(mut self, language: Language, key: &str) -> Self {
        self.label = say(language, key);
        self
    }

    /// The same, filled in by browsers in another way.
    pub(crate) fn filled_in_as(mut self, autocomplete: &'static str) -> Self {
        if let Control::Input(input) = &mut self.control {
            input.autocomplete = autocomplete;
        }
        self
    }

    /// The same with at most so many characters.
    pub(crate) fn at_most(mut self, characters: u32) -> Self {
        match &mut self.control {
            Control::Input(input) => input.longest = characters,
            Control::Area(area) => area.longest = characters,
            Control::Tick(_) | Control::Choice(_) | Control::Table(_) => {}
        }
        self
    }

    /// What describes it, as `aria-describedby` wants it.
    pub(crate) fn described_by(&self) -> String {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.id));
        let mistake = self.mistake.as_ref().map(|_| format!("{}-mistake", self.id));
        [hint, mistake].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}
