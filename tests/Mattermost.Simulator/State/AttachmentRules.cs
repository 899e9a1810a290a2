using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>Reads the attachments in a post's props, fills them in, and hides what clients must not see.</summary>
internal static class AttachmentRules
{
    public static ImmutableArray<Attachment> In(JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.Array } list)
        {
            return [];
        }

        var found = ImmutableArray.CreateBuilder<Attachment>();
        foreach (var item in list.EnumerateArray())
        {
            if (Read(item) is { } attachment)
            {
                found.Add(attachment);
            }
        }

        return found.ToImmutable();
    }

    /// <summary>An attachment that does not decode is left out, without an error: that is what the server does.</summary>
    private static Attachment? Read(JsonElement item)
    {
        if (item.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        try
        {
            return Tidy(item.Deserialize<Attachment>(Wire.Options)!);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // An empty list is null after Go's round trip, and null strings are empty.
    private static Attachment Tidy(Attachment read) =>
        read with
        {
            Fallback = read.Fallback ?? "",
            Color = read.Color ?? "",
            Pretext = read.Pretext ?? "",
            Title = read.Title ?? "",
            Text = read.Text ?? "",
            Footer = read.Footer ?? "",
            Fields = read.Fields is { Count: > 0 } fields
                ? [.. fields.Where(f => f is not null)]
                : null,
            Actions = read.Actions is { Count: > 0 } actions
                ? [.. actions.Where(a => a is not null)]
                : null,
        };

    public static ImmutableArray<Attachment> WithIds(ImmutableArray<Attachment> attachments) =>
        Change(attachments, a => string.IsNullOrEmpty(a.Id) ? a with { Id = Ids.New() } : a);

    public static ImmutableArray<Attachment> WithoutIntegrations(
        ImmutableArray<Attachment> attachments
    ) => Change(attachments, a => a.Integration is null ? a : a with { Integration = null });

    public static ImmutableArray<Attachment> Change(
        ImmutableArray<Attachment> attachments,
        Func<PostAction, PostAction> change
    ) =>
        attachments.Any(a => a.Actions is not null)
            ?
            [
                .. attachments.Select(a =>
                    a.Actions is null ? a : a with { Actions = [.. a.Actions.Select(change)] }
                ),
            ]
            : attachments;

    /// <summary>The props with these attachments in place of the ones they came with.</summary>
    public static JsonElement Into(JsonElement props, ImmutableArray<Attachment> attachments)
    {
        if (props.Get("attachments") is null)
        {
            return props;
        }

        var copy = JsonObject.Create(props)!;
        copy["attachments"] = JsonSerializer.SerializeToNode(attachments, Wire.Options);
        return Wire.Element(copy);
    }
}
