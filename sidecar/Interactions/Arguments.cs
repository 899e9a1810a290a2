namespace Sidecar.Interactions;

/// <summary>Parameters that many commands share.</summary>
public static class Arguments
{
    /// <summary>A name of one word, or several in quotes.</summary>
    public static Parameter<CommandWord> Word(string name, string hint) =>
        new(
            name,
            $"<{name}>",
            source =>
                source.Next is { Value.Length: > 0 } word
                    ? Argument.Of<CommandWord>(word)
                    : Argument.Absent<CommandWord>()
        )
        {
            Hint = hint,
        };

    /// <summary>Everything up to the end, as typed.</summary>
    public static Parameter<string> Rest(string name, string hint) =>
        new(
            name,
            $"<{name}>",
            source =>
                source.Line.From(source.At).Trim() is { Length: > 0 } text
                    ? Argument.Of<string>(text, source.Line.Words.Length - source.At)
                    : Argument.Absent<string>()
        )
        {
            Hint = hint,
        };

    /// <summary>One of a few fixed words.</summary>
    public static Parameter<string> Keyword(string word, string hint) =>
        new(
            word,
            word,
            source =>
                source.Next is { IsQuoted: false } next
                && next.Value.Equals(word, StringComparison.OrdinalIgnoreCase)
                    ? Argument.Of<string>(word)
                    : Argument.Absent<string>()
        )
        {
            Hint = hint,
        };

    /// <summary>A person of the team, by at-name: <c>@user</c>.</summary>
    public static Parameter<UserId> User(string name, string hint) =>
        new(name, "@" + name, ReadUser) { Hint = hint };

    /// <summary>A channel of the team: <c>~channel</c>.</summary>
    public static Parameter<ChannelId> Channel(string name, string hint) =>
        new(name, "~" + name, ReadChannel) { Hint = hint };

    private static Argument<UserId> ReadUser(ArgumentSource source)
    {
        if (source.Next is not { IsQuoted: false } word || !IsSigil(word.Value, '@', '＠'))
        {
            return source.Next is null
                ? Argument.Absent<UserId>()
                : Argument.Wrong<UserId>(
                    $"“{source.Next.Value}” is not a person: write the at-name, as in `@name`."
                );
        }

        // A sentence may end with the name; user names themselves can end with a dot, so the whole word is tried first.
        var name = word.Value[1..].ToLowerInvariant();
        foreach (var candidate in (string[])[name, name.TrimEnd('.', ',', ';', ':', '!', '?', ')')])
        {
            if (source.Mentions.Users.TryGetValue(candidate, out var user))
            {
                return Argument.Of<UserId>(user);
            }
        }

        return Argument.Wrong<UserId>($"There is nobody called “{word.Value[1..]}” in this team.");
    }

    private static Argument<ChannelId> ReadChannel(ArgumentSource source)
    {
        if (source.Next is not { IsQuoted: false } word || !IsSigil(word.Value, '~', '～'))
        {
            return source.Next is null
                ? Argument.Absent<ChannelId>()
                : Argument.Wrong<ChannelId>(
                    $"“{source.Next.Value}” is not a channel: write it as in `~name`."
                );
        }

        return source.Mentions.Channels.TryGetValue(
            word.Value[1..].ToLowerInvariant(),
            out var channel
        )
            ? Argument.Of<ChannelId>(channel)
            : Argument.Wrong<ChannelId>(
                $"There is no channel “{word.Value[1..]}” in this team that you can see."
            );
    }

    private static bool IsSigil(string word, char plain, char fullWidth) =>
        word.Length > 1 && (word[0] == plain || word[0] == fullWidth);
}
