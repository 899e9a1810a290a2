using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Tests.Interactions;

/// <summary>Parts of every kind that only a DE lead may use, for tests of the router; and who got in.</summary>
internal sealed class Vault
{
    public static readonly Permission Right = new("open the vault", Role.DeploymentEngineeringLead);

    public ConcurrentQueue<string> Opened { get; } = new();

    public static void Register(FeatureBuilder feature) =>
        feature
            .Shares<Vault>()
            .Command<VaultByCommand>()
            .Command<ShowVault>()
            .Command<VaultOfAnOwner>()
            .Action<VaultByButton, VaultRef>()
            .Dialog<VaultByDialog, VaultRef>()
            .Trigger<VaultByTrigger>()
            .Reaction<VaultByReaction>();
}

internal sealed record VaultRef(int Number);

[JsonSerializable(typeof(VaultRef))]
internal sealed partial class VaultJson : JsonSerializerContext;

internal sealed class VaultByCommand(Vault vault) : ISlashCommand
{
    public static Permission Permission => Vault.Right;

    public static CommandSpec Spec { get; } = new("vault", "Open it");

    public Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        vault.Opened.Enqueue("command");
        return Task.FromResult(Reply.Say(Markdown.Of($"Open.")));
    }
}

/// <summary>Leaves the rest to the rule behind it.</summary>
internal sealed class VaultOfAnOwner(Vault vault) : ISlashCommand
{
    public static Permission Permission { get; } = Vault.Right with { Also = "its owner" };

    public static CommandSpec Spec { get; } = new("own vault", "Open it");

    public Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        vault.Opened.Enqueue("owner");
        return Task.FromResult(Reply.Say(Markdown.Of($"Open.")));
    }
}

internal sealed class ShowVault(Store store, TimeProvider clock) : ISlashCommand
{
    public static Permission Permission { get; } = Permission.Everybody("see the vault");

    public static CommandSpec Spec { get; } = new("show vault", "Show it");

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var card = new Card(Markdown.Of($"Vault"), Tone.Notice)
        {
            Controls = [VaultByButton.Key.Button("Open", new VaultRef(1))],
        };
        var show = new Effect.ShowCard(
            new PostName("VAULT-1/card"),
            call.Envelope.Channel,
            null,
            Markdown.Of($"Vault"),
            card
        )
        {
            About = "VAULT-1",
        };
        await store.Commit(new Change(clock.GetUtcNow(), "test").Do(show), cancel);
        return Reply.Nothing;
    }
}

internal sealed class VaultByButton(Vault vault) : IAction<VaultRef>
{
    public static Permission Permission => Vault.Right;

    public static ActionKey<VaultRef> Key { get; } = new("vault.open", VaultJson.Default.VaultRef);

    public Task<Reply> Press(ActionCall<VaultRef> call, CancellationToken cancel)
    {
        vault.Opened.Enqueue("button");
        var form = new DialogForm("Vault", [new DialogField("code", "Code", FieldKind.Text)]);
        return Task.FromResult(VaultByDialog.Key.Open(form, call.Payload, Markdown.None));
    }
}

internal sealed class VaultByDialog(Vault vault) : IDialog<VaultRef>
{
    public static Permission Permission => Vault.Right;

    public static DialogKey<VaultRef> Key { get; } = new("vault.code", VaultJson.Default.VaultRef);

    public Task<SubmissionReply> Submit(Submission<VaultRef> submission, CancellationToken cancel)
    {
        vault.Opened.Enqueue("dialog " + submission["code"]);
        return Task.FromResult<SubmissionReply>(SubmissionReply.Close);
    }
}

internal sealed class VaultByTrigger(Vault vault) : ITriggerWord
{
    public static string Word => "vault!";

    public static Permission Permission => Vault.Right;

    public Task<Reply> Run(TriggerCall call, CancellationToken cancel)
    {
        vault.Opened.Enqueue("trigger");
        return Task.FromResult(Reply.Nothing);
    }
}

internal sealed class VaultByReaction(Vault vault) : IReaction
{
    public static ImmutableArray<string> Emojis => ["old_key", "unlock"];

    public static Permission Permission => Vault.Right;

    public ValueTask<bool> Concerns(ReactionCall call, CancellationToken cancel) =>
        ValueTask.FromResult(call.Post.Value.StartsWith("VAULT-", StringComparison.Ordinal));

    public Task React(ReactionCall call, CancellationToken cancel)
    {
        vault.Opened.Enqueue(call.Emoji);
        return Task.CompletedTask;
    }
}
