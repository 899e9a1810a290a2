using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Playbooks;

/// <summary><c>/escalate playbook list</c>: what there is, and what starts by itself when.</summary>
internal sealed class ListPlaybooks(PlaybookShelf shelf, KeptPlaybooks kept) : ISlashCommand
{
    public static Permission Permission => PlaybookRights.Read;

    public static CommandSpec Spec { get; } =
        new("playbook list", "List the playbooks that there are")
        {
            Examples = ["playbook list"],
            Details =
                "A team’s own playbooks are files in the folder playbooks/ beside settings.json. One that is called sev1.json replaces the product’s. `playbook import` takes the file that Mattermost Playbooks exports, or one of these.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        await kept.Refresh(cancel);
        return Reply.Say(
            Markdown.Lines([
                Markdown.Of($"| Playbook | | Starts by itself | Stages | Tasks | From |"),
                Markdown.Of($"|:--|:--|:--|--:|--:|:--|"),
                .. shelf.All.Values.Select(Row),
                Markdown.Of(
                    $"\n{PlaybookWords.Command($"playbook show {shelf.All.Keys.First()}")} shows one with its tasks."
                ),
            ])
        );
    }

    private static Markdown Row(Playbook playbook) =>
        Markdown.Of(
            $"| {PlaybookWords.Cell(playbook.Name)} | {Markdown.Code(playbook.Key)} | {PlaybookWords.Starts(playbook)} | {playbook.Stages.Length} | {playbook.Stages.Sum(s => s.Tasks.Length)} | {(playbook.IsShipped ? "the product" : playbook.IsKept ? "an import" : "your team")} |"
        );
}
