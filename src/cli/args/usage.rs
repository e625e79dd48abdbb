//! What is wrong with a command line, told like everything else that Moebi says: clap knows what, and speaks English.

use std::error::Error as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{messages, value::Unfit};
use crate::{error::Error, i18n::Localized};

/// Whether it is no error at all.
pub(super) fn is_help(error: &clap::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    )
}

/// What `error` says of the words behind `command`, such as `moebi check`.
pub(super) fn told(error: &clap::Error, command: &str) -> Error {
    let said = Said(error);
    let told = Error::usage(said.wrong());
    let told = said.cures().into_iter().fold(told, Error::hint);
    told.hint(messages::help_tells(command))
}

struct Said<'e>(&'e clap::Error);

impl Said<'_> {
    fn wrong(&self) -> Localized {
        let argument = self.words(ContextKind::InvalidArg);
        let (argument, value) = (argument.as_str(), self.words(ContextKind::InvalidValue));
        match self.0.kind() {
            ErrorKind::UnknownArgument if argument.starts_with('-') => messages::no_option(argument),
            ErrorKind::UnknownArgument => messages::one_too_many(argument),
            ErrorKind::InvalidSubcommand => messages::no_command(&self.words(ContextKind::InvalidSubcommand)),
            ErrorKind::InvalidValue | ErrorKind::ValueValidation if !value.is_empty() => {
                messages::no_value_of(&value, argument)
            }
            ErrorKind::InvalidValue
            | ErrorKind::ValueValidation
            | ErrorKind::NoEquals
            | ErrorKind::TooFewValues
            | ErrorKind::WrongNumberOfValues => messages::needs_a_value(argument),
            ErrorKind::TooManyValues => messages::takes_no_value(argument),
            ErrorKind::MissingRequiredArgument | ErrorKind::MissingSubcommand => messages::missing(argument),
            ErrorKind::ArgumentConflict => match self.words(ContextKind::PriorArg) {
                same if same == argument => messages::twice(argument),
                other => messages::not_together(argument, &other),
            },
            // What else there is (bytes that are no text, and no fault of the command line) has no words of its own.
            _ => messages::unreadable(),
        }
    }

    /// What could be typed instead.
    fn cures(&self) -> Vec<Localized> {
        let meant =
            [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
        let meant = meant.into_iter().map(|kind| self.words(kind)).find(|word| !word.is_empty());
        let values = Some(self.words(ContextKind::ValidValue)).filter(|values| !values.is_empty());
        let unfit = self.0.source().and_then(|source| source.downcast_ref::<Unfit>());
        let mut cures = Vec::new();
        cures.extend(meant.map(|word| messages::did_you_mean(&word)));
        cures.extend(values.map(|values| messages::values_are(&values)));
        cures.extend(unfit.map(|unfit| unfit.0.clone()));
        cures
    }

    /// Empty where clap says nothing of that kind.
    fn words(&self, kind: ContextKind) -> String {
        match self.0.get(kind) {
            Some(ContextValue::String(word)) => word.clone(),
            Some(ContextValue::Strings(words)) => words.join(", "),
            _ => String::new(),
        }
    }
}
