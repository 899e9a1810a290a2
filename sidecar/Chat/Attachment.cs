namespace Sidecar.Chat;

/// <summary>A card as Mattermost wants it in <c>props.attachments</c>.</summary>
internal sealed record Attachment
{
    public required string Fallback { get; init; }
    public required string Color { get; init; }
    public required string Title { get; init; }
    public string? Text { get; init; }
    public IReadOnlyList<AttachmentField>? Fields { get; init; }
    public IReadOnlyList<AttachmentAction>? Actions { get; init; }
    public string? Footer { get; init; }
}

/// <summary>A named fact; short ones stand two in a row.</summary>
internal sealed record AttachmentField(string Title, string Value, bool Short);

/// <summary>A button or menu.</summary>
internal sealed record AttachmentAction
{
    /// <summary>Letters and digits only: with anything else in it a click answers 404.</summary>
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Type { get; init; }
    public string? Style { get; init; }
    public bool? Disabled { get; init; }
    public IReadOnlyList<AttachmentOption>? Options { get; init; }
    public string? DataSource { get; init; }
    public required AttachmentIntegration Integration { get; init; }
}

/// <summary>A choice of a menu.</summary>
internal sealed record AttachmentOption(string Text, string Value);

/// <summary>What Mattermost calls when it is used; kept back from every client.</summary>
internal sealed record AttachmentIntegration(string Url, AttachmentContext Context);

/// <summary>What comes back with the click.</summary>
internal sealed record AttachmentContext(string Sealed);
