using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Lists;

/// <summary>What is found beside escalations: whatever else has numbers of its own.</summary>
internal interface IFoundToo
{
    /// <summary>A few of those in which all of the words are, each with its number and where it stands.</summary>
    ValueTask<IReadOnlyList<Markdown>> Find(SearchQuery query, CancellationToken cancel);
}

/// <summary><c>/escalate find words</c>: the escalations, and what else there is, in which all of the words are.</summary>
internal sealed class FindEscalations(
    EscalationLists lists,
    IEnumerable<IFoundToo> others,
    TimeProvider clock
) : ISlashCommand
{
    private static readonly Parameter<string> Searched = Arguments.Rest(
        "words",
        "What do you look for? Write words of the summary, the customer, the impact or the resolution."
    );

    public static Permission Permission => EscalationRights.Read;

    public static CommandSpec Spec { get; } =
        new("find", "Find escalations by words in them", Searched)
        {
            Synonyms = ["search"],
            Examples = ["find login timeout"],
            Details =
                "All words must be in it; the last one may be the beginning of a word. The latest come first.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var typed = call.Get(Searched)!;
        var query = SearchQuery.Read(typed);
        if (query.IsEmpty)
        {
            return Reply.Say(Markdown.Of($"“{typed}” has no word in it that could be looked for."));
        }

        var found = await lists.Find(query, cancel);
        var besides = new List<Markdown>();
        foreach (var other in others)
        {
            besides.AddRange(await other.Find(query, cancel));
        }

        if (found.Items.Count == 0 && besides.Count == 0)
        {
            return Reply.Say(
                found.StoppedEarly
                    ? Markdown.Of(
                        $"None of the first thousands that have one of these words has all of them: “{typed}”. Try rarer words."
                    )
                    : Markdown.Of($"In none of the escalations are all of these words: “{typed}”.")
            );
        }

        var now = clock.GetUtcNow();
        return Reply.Say(
            Markdown.Lines([
                .. found.Items.Count == 0
                    ? (Markdown[])[]
                    :
                    [
                        Markdown.Of($"#### Escalations with “{typed}”, the latest first"),
                        .. EscalationTable.Of(found.Items.Select(e => e.Value), now),
                    ],
                .. besides,
                found.Next is null
                    ? Markdown.None
                    : Markdown.Of($"\nThere are more; another word narrows it down."),
            ])
        );
    }
}
