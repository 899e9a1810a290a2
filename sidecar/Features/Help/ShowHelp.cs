using Sidecar.Cards;
using Sidecar.Interactions;
using Sidecar.People;

namespace Sidecar.Features.Help;

/// <summary><c>/escalate help [topic]</c>: made of the commands' own declarations.</summary>
internal sealed class ShowHelp(CommandBook commands) : ISlashCommand
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

    private Words Overview() =>
        Words.Lines([
            Words.Of($"#### What /escalate can do"),
            Words.Of($"| Command | |"),
            Words.Of($"|:--|:--|"),
            .. commands.ForPeople.Select(spec =>
                Words.Of($"| {Words.Code(Cell(spec.Usage))} | {spec.Summary} |")
            ),
            Words.Of(
                $"\n{Words.Code($"/{SlashCommand.Trigger} help list")} tells more about one of them."
            ),
        ]);

    private Words About(string topic)
    {
        var word = topic.TrimStart('/').ToLowerInvariant();
        var specs = commands
            .ForPeople.Where(spec =>
                spec.PathWords.IsEmpty ? word == SlashCommand.Trigger : spec.PathWords[0] == word
            )
            .ToList();
        if (specs.Count > 0)
        {
            return Words.Lines(specs.Select(Page));
        }

        var nearest = commands.Nearest(word);
        return nearest.Count == 0
            ? Words.Of($"There is no command “{topic}”.\n{Overview()}")
            : Words.Of(
                $"There is no command “{topic}”. Did you mean {Words.Code($"/{SlashCommand.Trigger} help {nearest[0].PathWords[0]}")}?"
            );
    }

    private static Words Page(CommandSpec spec) =>
        Words.Lines([
            Words.Of($"#### {Words.Code(spec.Usage)}"),
            Words.Of($"{spec.Summary}."),
            spec.Details is null ? Words.None : Words.Sentence(spec.Details),
            .. spec.Examples.Select(example =>
                Words.Of($"- {Words.Code($"/{SlashCommand.Trigger} {example}".TrimEnd())}")
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
