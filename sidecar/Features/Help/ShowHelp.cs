using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Help;

/// <summary>
/// <c>/escalate help</c>: what the reader's roles do most, then topics, on one screen (SET-4). With a topic its commands,
/// with a command its page; made of the commands' own declarations.
/// </summary>
internal sealed class ShowHelp(CommandParser commands, RegisteredParts registered, RoleStore roles)
    : ISlashCommand
{
    private const int MostOwn = 6;

    /// <summary>More commands than these with one first word are a list, not pages under each other.</summary>
    private const int MostPages = 3;

    private static readonly Parameter<string> About = Arguments
        .Rest(
            "topic or command",
            "About what? Write a topic as in `help incidents`, or a command as in `help assign`."
        )
        .OrNothing();

    public static Permission Permission { get; } = Permission.Everybody("ask for help");

    public static CommandSpec Spec { get; } =
        new("help", "Explain the commands: what you use most, a topic, or one of them", About)
        {
            Synonyms = ["commands"],
            IsHinted = true,
            Examples = ["help", "help incidents", "help engineer assign"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Reply.Say(
            call.Get(About) is { } asked
                ? Of(asked)
                : Overview(
                    await roles.GrantedTo(call.Envelope.User, cancel) is { Roles: var granted }
                        ? granted
                        : []
                )
        );

    private Markdown Overview(IReadOnlyCollection<Role> granted) =>
        Markdown.Lines([
            Markdown.Of(
                $"#### {(granted.Count == 0 ? Markdown.Of($"What people do most") : Markdown.Of($"What you do most as {granted.Joined("and")}"))}"
            ),
            .. CommandLines.Of(registered, MostUsed.Of(granted, MostOwn)),
            Markdown.Of($"#### Everything else"),
            .. Topics.All.Select(topic =>
                Markdown.Of($"- {Code($"help {topic.Word}")} **{topic.Title}**: {topic.About}")
            ),
            Markdown.Of(
                $"{Code("help ack")} explains one command. {Code("")} alone opens the form for a new escalation."
            ),
        ]);

    private Markdown Of(string asked)
    {
        var words = string.Join(
            ' ',
            asked.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
        words = words.StartsWith('/') ? words[1..] : words;
        words = words.StartsWith(SlashCommand.Trigger + " ", StringComparison.Ordinal)
            ? words[(SlashCommand.Trigger.Length + 1)..]
            : words;
        if (Topics.All.FirstOrDefault(t => Names(t, words)) is { } topic)
        {
            return Table(
                topic.Title,
                registered.Commands.Where(c => c.Topic == topic).Select(c => c.Spec)
            );
        }

        var meant = commands.ForPeople.Where(spec => IsMeant(spec, words)).ToList();
        return meant.Count switch
        {
            0 => None(asked, words),
            > MostPages => Table($"{Capital(meant[0].PathWords[0])}", meant),
            _ => Markdown.Lines(meant.Select(Page)),
        };
    }

    /// <summary>By its word, or as it is written in the list.</summary>
    private static bool Names(HelpTopic topic, string words) =>
        words == topic.Word || topic.Title.Equals(words, StringComparison.OrdinalIgnoreCase);

    /// <summary>All of its words, or all that begin with them; a synonym means its command.</summary>
    private static bool IsMeant(CommandSpec spec, string words) =>
        words == SlashCommand.Trigger
            ? spec.PathWords.IsEmpty
            : spec
                .Paths.Select(p => string.Join(' ', p))
                .Any(path =>
                    path == words || path.StartsWith(words + " ", StringComparison.Ordinal)
                );

    private Markdown None(string asked, string words) =>
        commands.Nearest(words.Split(' ')[0]) is [var nearest, ..]
            ? Markdown.Of(
                $"There is no command or topic “{asked}”. Did you mean {Code($"help {nearest.PathWords[0]}")}?"
            )
            : Markdown.Of(
                $"There is no command or topic “{asked}”. Topics: {Markdown.Listed([.. Topics.All.Select(t => Code($"help {t.Word}"))], "and")}."
            );

    private static Markdown Table(string title, IEnumerable<CommandSpec> shown) =>
        Markdown.Lines([
            Markdown.Of($"#### {title}"),
            Markdown.Of($"| Command | |"),
            Markdown.Of($"|:--|:--|"),
            .. shown
                .Where(spec => !spec.IsInternal)
                .Select(spec =>
                    Markdown.Of($"| {Markdown.Code(Cell(spec.Usage))} | {spec.Summary} |")
                ),
        ]);

    private static Markdown Page(CommandSpec spec) =>
        Markdown.Lines([
            Markdown.Of($"#### {Markdown.Code(spec.Usage)}"),
            Markdown.Of($"{spec.Summary}."),
            spec.Details is null ? Markdown.None : Markdown.Sentence(spec.Details),
            .. spec.Examples.Select(example => Markdown.Of($"- {Code(example)}")),
        ]);

    private static Markdown Code(string text) =>
        Markdown.Code($"/{SlashCommand.Trigger} {text}".TrimEnd());

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    // A bar inside code would still end the table's cell.
    private static string Cell(string usage) =>
        usage.Replace(" | ", ", ", StringComparison.Ordinal);
}

/// <summary>Commands as a list, for who does not know them.</summary>
internal static class CommandLines
{
    /// <summary>The emergency first (U1): who has one reads no further.</summary>
    public static IEnumerable<Markdown> Of(RegisteredParts registered, IEnumerable<string> paths) =>
        [
            .. registered.Triggers.Select(trigger =>
                Markdown.Of(
                    $"- :rotating_light: **Emergency?** Begin a message in a public channel with {Markdown.Code($"{trigger.Word} customer what is wrong")}, or type {Markdown.Code($"/{SlashCommand.Trigger} sev1 customer what is wrong")}."
                )
            ),
            .. paths
                .Select(path => registered.Commands.First(c => c.Spec.Path == path).Spec)
                .Select(spec => Markdown.Of($"- {Markdown.Code(spec.ShortUsage)} {spec.Summary}")),
        ];
}
