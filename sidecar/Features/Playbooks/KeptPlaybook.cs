using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Playbooks;

/// <summary>A playbook that was brought in by command, filed under its key.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Json">It itself, as a playbook’s file is written.</param>
/// <param name="By">Who brought it in.</param>
/// <param name="At">When, UTC.</param>
internal sealed record KeptPlaybook(string Key, string Json, UserId By, DateTimeOffset At)
{
    public static DocumentIndex<KeptPlaybook> ByKey { get; } =
        new("by-key", p => [IndexKey.Empty.Then(p.Key)]);

    public static DocumentKind<KeptPlaybook> Kind { get; } =
        new("playbook", PlaybookJson.Default.KeptPlaybook) { Indexes = [ByKey] };

    /// <summary>What stands under a key, to be compared; empty for nothing.</summary>
    public static string Standing(KeptPlaybook? kept) =>
        kept is null ? "" : AskedField.Digest(kept.Json);
}

/// <summary>A file that somebody wants to bring in: what was read of it is shown before it is kept.</summary>
/// <param name="Id">The act by which it was asked for: delivered twice, it is still one.</param>
/// <param name="By">Who asked.</param>
/// <param name="Link">To the message with the file.</param>
/// <param name="As">The key that they want; empty for one that is made of the title.</param>
internal sealed record PlaybookDraft(string Id, UserId By, string Link, string As)
{
    /// <summary>What was read; null before that, and when nothing could be.</summary>
    public KeptPlaybook? Read { get; init; }

    /// <summary>They were told what came of it; what is left is to be swept out.</summary>
    public bool IsTold { get; init; }

    /// <summary>
    /// What stood under its key when they were told what it becomes, or what takes its place: a digest, empty for nothing.
    /// Keeping it means that this, and nothing else, goes (M1). Null in what a release before read.
    /// </summary>
    public string? Upon { get; init; }

    /// <summary>The press that was answered with what others kept meanwhile: delivered again, it is no second one.</summary>
    public string? Asked { get; init; }

    public static DocumentKind<PlaybookDraft> Kind { get; } =
        new("playbook-draft", PlaybookJson.Default.PlaybookDraft);
}

/// <summary>Which draft a button keeps.</summary>
internal sealed record PlaybookDraftRef(string Id);

/// <summary>Something that happened to playbooks, for the audit trail.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(PlaybookKept), "kept")]
[JsonDerivedType(typeof(PlaybookRemoved), "removed")]
internal abstract record PlaybookFact
{
    /// <summary>The subject of its entries.</summary>
    public static string Subject(string key) => "playbook:" + key;

    public sealed record PlaybookKept(UserId By, string Key, bool IsReplaced) : PlaybookFact;

    public sealed record PlaybookRemoved(UserId By, string Key) : PlaybookFact;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(KeptPlaybook))]
[JsonSerializable(typeof(PlaybookDraft))]
[JsonSerializable(typeof(PlaybookDraftRef))]
[JsonSerializable(typeof(PlaybookFact))]
internal sealed partial class PlaybookJson : JsonSerializerContext;
