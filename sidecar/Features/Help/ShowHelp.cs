using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Help;

/// <summary><c>/escalate help [topic]</c>: made of the commands' own declarations.</summary>
internal sealed class ShowHelp(CommandParser commands) : ISlashCommand
{
    private static readonly Parameter<CommandWord> Topic = Arguments
        .Word("topic", "About which command? Write its word, as in `help assign`.")
        .OrNothing();

    public static Permission Permission { get; } = Permission.Everybody("ask for help");

    public static CommandSpec Spec { get; } =
        new("help", "Explain the commands, or one of them", Topic)
        {
            Synonyms = ["commands"],
            Examples = ["help", "help list"],
        };

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Task.FromResult(Reply.Say(call.Get(Topic) is { } topic ? About(topic.Value) : Overview()));

    private Markdown Overview() =>
        Markdown.Lines([
            Markdown.Of($"#### What /escalate can do"),
            Markdown.Of($"| Command | |"),
            Markdown.Of($"|:--|:--|"),
            .. commands.ForPeople.Select(spec =>
                Markdown.Of($"| {Markdown.Code(Cell(spec.Usage))} | {spec.Summary} |")
            ),
            Markdown.Of(
                $"\n{Markdown.Code($"/{SlashCommand.Trigger} help list")} tells more about one of them."
            ),
        ]);

    private Markdown About(string topic)
    {
        var word = topic.TrimStart('/').ToLowerInvariant();
        var specs = commands
            .ForPeople.Where(spec =>
                spec.PathWords.IsEmpty ? word == SlashCommand.Trigger : spec.PathWords[0] == word
            )
            .ToList();
        if (specs.Count > 0)
        {
            return Markdown.Lines(specs.Select(Page));
        }

        var nearest = commands.Nearest(word);
        return nearest.Count == 0
            ? Markdown.Of($"There is no command “{topic}”.\n{Overview()}")
            : Markdown.Of(
                $"There is no command “{topic}”. Did you mean {Markdown.Code($"/{SlashCommand.Trigger} help {nearest[0].PathWords[0]}")}?"
            );
    }

    private static Markdown Page(CommandSpec spec) =>
        Markdown.Lines([
            Markdown.Of($"#### {Markdown.Code(spec.Usage)}"),
            Markdown.Of($"{spec.Summary}."),
            spec.Details is null ? Markdown.None : Markdown.Sentence(spec.Details),
            .. spec.Examples.Select(example =>
                Markdown.Of($"- {Markdown.Code($"/{SlashCommand.Trigger} {example}".TrimEnd())}")
            ),
        ]);

    // A bar inside code would still end the table's cell.
    private static string Cell(string usage) =>
        usage.Replace(" | ", ", ", StringComparison.Ordinal);
}

/// <summary>Help.</summary>
internal sealed class HelpFeature : IFeature
{
    public static void Register(FeatureBuilder feature) => feature.Command<ShowHelp>();
}
