using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sidecar.Features.Customers.Domain;

namespace Sidecar.Tests.Playground;

/// <summary>A form in which the ages of Mattermost's client differ, and answers to it that they read differently.</summary>
internal static class RehearsalAges
{
    public static object Form(string owner, Uri address) =>
        new
        {
            callback_id = "rehearsal",
            title = "What ages differ in",
            notify_on_cancel = false,
            elements = new object[]
            {
                List("Customer", "customer", new Uri(address, "/lookup").AbsoluteUri),
                // An address that browsers let no list ask.
                List("Elsewhere", "elsewhere", "http://sidecar.internal:8085/lookup"),
                new
                {
                    display_name = "Owner",
                    name = "owner",
                    type = "select",
                    data_source = "users",
                    optional = true,
                    @default = owner,
                },
                new
                {
                    display_name = "Seats",
                    name = "seats",
                    type = "text",
                    subtype = "number",
                    optional = true,
                    @default = "12",
                },
                new
                {
                    display_name = "Told",
                    name = "told",
                    type = "bool",
                    optional = true,
                    @default = "true",
                },
                Text("Note", "note", "kept"),
                Text("Empty", "empty", ""),
            },
        };

    /// <summary>What it answers depends on the note.</summary>
    public static object Answer(string? note) =>
        note switch
        {
            "kept" => new { errors = new { note = "That is **not** right." } },
            "unknown" => new { errors = new { nobody = "No field has this name." } },
            "next" => new
            {
                type = "form",
                form = new
                {
                    title = "The next step",
                    state = "ages2",
                    elements = new[] { Text("More", "more", "") },
                },
            },
            _ => new { },
        };

    public static async Task<IResult> LookUpAsync(HttpRequest request)
    {
        var asked = (await JsonNode.ParseAsync(request.Body))!["submission"]!;
        var typed = (string?)asked["query"] ?? "";
        (string Text, string Value)[] known = [("Abc Works", "abc"), ("Xyz Mines", "xyz")];
        return Results.Json(
            new
            {
                items = known
                    .Where(k => k.Text.Contains(typed, StringComparison.OrdinalIgnoreCase))
                    .Select(k => new { text = k.Text, value = k.Value }),
            }
        );
    }

    private static object List(string label, string name, string url) =>
        new
        {
            display_name = label,
            name,
            type = "select",
            data_source = "dynamic",
            data_source_url = url,
            optional = true,
        };

    private static object Text(string label, string name, string preset) =>
        new
        {
            display_name = label,
            name,
            type = "text",
            optional = true,
            @default = preset,
        };
}
