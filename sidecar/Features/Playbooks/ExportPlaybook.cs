using System.Text;
using Sidecar.Chat;
using Sidecar.Features.Playbooks.Files;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Playbooks;

/// <summary><c>/escalate playbook export sev1</c>: the playbook as a file, which <c>playbook import</c> reads back.</summary>
internal sealed class ExportPlaybook(
    Store store,
    PlaybookShelf shelf,
    KeptPlaybooks kept,
    TimeProvider clock
) : ISlashCommand
{
    private static readonly Parameter<CommandWord> Key = Arguments.Name(
        "playbook",
        "Which playbook? Write its key, as in `sev1`; `/escalate playbook list` shows all."
    ) with
    {
        Completes = CompletePlaybooks.Source,
    };

    public static Permission Permission => PlaybookRights.Read;

    public static CommandSpec Spec { get; } =
        new("playbook export", "Get a playbook as a file", Key)
        {
            Examples = ["playbook export sev1"],
            Details =
                "The file can be shared, changed, and brought in by `playbook import` here or by another team.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        await kept.Refresh(cancel);
        var key = call.Get(Key)!.Value;
        if (shelf.Called(key) is not { } playbook)
        {
            return Reply.No(new NoSuchPlaybook(key, shelf));
        }

        var (by, now, act) = (call.Envelope.User, clock.GetUtcNow(), call.Envelope.Act);
        // Not committed: the same command was delivered before.
        await store.Commit(
            new Change(now, by.Value)
                .Add(IdempotencyRecord.Kind, act, new IdempotencyRecord(playbook.Key, now))
                .Do(
                    new Effect.SendFile(
                        by,
                        Markdown.Of(
                            $"Here is the playbook **{playbook.Name}**. {PlaybookWords.Command("playbook import")} with the link to a message that has this file brings it in."
                        ),
                        playbook.Key + ".json",
                        PlaybookFile.Name,
                        playbook.Key
                    )
                    {
                        About = "a playbook",
                        OnBehalfOf = by,
                    }
                ),
            cancel
        );
        return Reply.Say(Markdown.Of($"You get the file by direct message."));
    }
}

/// <summary>A playbook's file.</summary>
internal sealed class PlaybookFile(PlaybookShelf shelf, KeptPlaybooks kept) : IFileSource
{
    public static string Name => "playbook.file";

    public async Task<Refusal?> Write(FileRequest request, Stream to, CancellationToken cancel)
    {
        await kept.Refresh(cancel);
        if (shelf.Find(request.Argument) is not { } playbook)
        {
            return new NoSuchPlaybook(request.Argument, shelf);
        }

        await to.WriteAsync(Encoding.UTF8.GetBytes(PlaybookWriter.Write(playbook)), cancel);
        return null;
    }
}

/// <summary><c>/escalate playbook remove</c>: one that was brought in.</summary>
internal sealed class RemovePlaybook(KeptPlaybooks kept, PlaybookShelf shelf) : ISlashCommand
{
    private static readonly Parameter<CommandWord> Key = Arguments.Word(
        "playbook",
        "Which playbook? Write its key; `/escalate playbook list` shows all."
    );

    public static Permission Permission => PlaybookRights.Bring;

    public static CommandSpec Spec { get; } =
        new("playbook remove", "Take away a playbook that was brought in", Key)
        {
            Examples = ["playbook remove our-outage"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var key = call.Get(Key)!.Value.Trim().ToLowerInvariant();
        if (await kept.Remove(key, call.Envelope.User, cancel))
        {
            return Reply.Say(
                Markdown.Of(
                    $"{Markdown.Code(key)} is taken away. What follows it goes on with its own copy.{(shelf.Find(key) is null ? "" : " The one that it stood in place of is there again.")}"
                )
            );
        }

        return Reply.No(
            shelf.Find(key) is { } other
                ? Markdown.Of(
                    $"{Markdown.Code(other.Key)} was not brought in: {(other.IsShipped ? "it is the product’s" : "it is a file on my machine")}. Nothing was changed."
                )
                : new NoSuchPlaybook(key, shelf).Sentence
        );
    }
}
