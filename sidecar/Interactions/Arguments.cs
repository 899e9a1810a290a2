using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>Parameters that many commands share.</summary>
public static class Arguments
{
    /// <summary>Reads a number of a series, also where its letters stand apart from it: <c>ESC-12</c>, <c>esc 12</c>.</summary>
    /// <param name="source">What was typed.</param>
    /// <param name="example">For whoever typed none: <c>ESC-12</c>.</param>
    public static ReadArgument<TId> Numbered<TId>(ArgumentSource source, string example)
        where TId : struct, ISeriesId<TId> =>
        source.Next is not { } word ? ReadArgument.Absent<TId>()
        : TId.Read(word.Value) is { } id ? ReadArgument.Of(id)
        : word.Says(TId.Letters)
        && source.AfterNext is { } number
        && TId.Read(number.Value) is { } apart
            ? ReadArgument.Of(apart, taken: 2)
        : word.Says(TId.Letters)
        && source.AfterNext is { Value: "-" or "–" or "—" or "#" }
        && source.Line.Words.ElementAtOrDefault(source.At + 2) is { } behind
        && TId.Read(behind.Value) is { } further
            ? ReadArgument.Of(further, taken: 3)
        : ReadArgument.Wrong<TId>(
            $"“{word.Value}” is not the number of {TId.Numbered}: write it as in `{example}`."
        );

    /// <summary>A name of one word, or several in quotes.</summary>
    public static Parameter<CommandWord> Word(string name, string hint) =>
        new(
            name,
            $"<{name}>",
            source =>
                source.Next is { Value.Length: > 0 } word
                    ? ReadArgument.Of<CommandWord>(word)
                    : ReadArgument.Absent<CommandWord>()
        )
        {
            Hint = hint,
        };

    /// <summary>A name, of all the words that are left.</summary>
    public static Parameter<CommandWord> Name(string name, string hint) =>
        Word(name, hint) with
        {
            Reader = source =>
                source.Next is not { Value.Length: > 0 } first ? ReadArgument.Absent<CommandWord>()
                : source.AfterNext is null ? ReadArgument.Of<CommandWord>(first)
                : ReadArgument.Of(
                    source.Line.Joined(source.At, source.Line.Words.Length - source.At).Words[
                        source.At
                    ],
                    source.Line.Words.Length - source.At
                ),
        };

    /// <summary>Everything up to the end, as typed.</summary>
    public static Parameter<string> Rest(string name, string hint) =>
        new(
            name,
            $"<{name}>",
            source =>
                source.Line.From(source.At).Trim() is { Length: > 0 } text
                    ? ReadArgument.Of<string>(text, source.Line.Words.Length - source.At)
                    : ReadArgument.Absent<string>()
        )
        {
            Hint = hint,
            IsText = true,
        };

    /// <summary>One of a few fixed words. Where it is a word for nothing, any of those will do.</summary>
    public static Parameter<string> Keyword(string word, string hint) =>
        new(
            word,
            word,
            source =>
                source.Next is { IsQuoted: false } next
                && (next.Says(word) || (NoneWord.Is(word) && NoneWord.Is(next.Value)))
                    ? ReadArgument.Of<string>(word)
                    : ReadArgument.Absent<string>()
        )
        {
            Hint = hint,
            Words = Parameter.Of(word),
        };

    /// <summary>A person of the team, by at-name: <c>@user</c>.</summary>
    public static Parameter<UserId> User(string name, string hint) =>
        new(name, "@" + name, ReadUser) { Hint = hint, Completes = OfferSource.People };

    /// <summary>A channel of the team: <c>~channel</c>, or <c>here</c>.</summary>
    public static Parameter<NamedChannel> Channel(string name, string hint) =>
        new(name, "~" + name, ReadChannel) { Hint = hint };

    private static ReadArgument<UserId> ReadUser(ArgumentSource source)
    {
        // To @ann, and @ann; a mark that stands apart says as little.
        if (
            source.Next is { } before
            && (
                before.Says("to")
                || before.Says("and")
                || before is { IsQuoted: false, Value: "&" or "+" or "," or ";" or "/" }
            )
            && SentenceMarks.Name(source.AfterNext, '@') is not null
        )
        {
            var named = ReadUser(source with { At = source.At + 1 });
            return named.Taken > 0 ? ReadArgument.Of<UserId>(named.Value, named.Taken + 1) : named;
        }

        if (SentenceMarks.Name(source.Next, '@') is not { } typed)
        {
            return source.Next is null
                ? ReadArgument.Absent<UserId>()
                : ReadArgument.Wrong<UserId>(
                    $"“{source.Next.Value}” is not a person: write the at-name, as in `@name`."
                );
        }

        if (SentenceMarks.Fits(typed, source.Mentions.Users, out var user, out _))
        {
            return ReadArgument.Of<UserId>(user);
        }

        return ReadArgument.Wrong<UserId>($"There is nobody called “{typed}” in this team.");
    }

    private static ReadArgument<NamedChannel> ReadChannel(ArgumentSource source)
    {
        if (source.Next is { } next && next.Says("here"))
        {
            return source.Mentions.Here is { } here
                ? ReadArgument.Of(here)
                : ReadArgument.Wrong<NamedChannel>(
                    "A direct message is not a channel: write one as in `~name`, or type `here` in the channel itself."
                );
        }

        if (SentenceMarks.Name(source.Next, '~') is not { } typed)
        {
            return source.Next is null
                ? ReadArgument.Absent<NamedChannel>()
                : ReadArgument.Wrong<NamedChannel>(
                    $"“{source.Next.Value}” is not a channel: write it as in `~name`."
                );
        }

        return SentenceMarks.Fits(typed, source.Mentions.Channels, out var channel, out var name)
            ? ReadArgument.Of(new NamedChannel(channel, name))
            : ReadArgument.Wrong<NamedChannel>(
                $"There is no public channel “{typed}” in this team. A private one can be named only from inside it: type the command there."
            );
    }
}
