using Sidecar.Features.Customers.Domain;

namespace Sidecar.Tests.Playground;

/// <summary>An escalation as the rehearsal shows it.</summary>
internal sealed record RehearsalCard(
    string Id,
    string Summary,
    string Severity,
    string State,
    string Owner
)
{
    public static RehearsalCard First(string summary, string severity) =>
        new("ESC-12", summary, severity, "accepted", "");
}

/// <summary>The dialogs, the card and the table of the rehearsal.</summary>
internal static class RehearsalForms
{
    public const string List = """
        Your open escalations, by priority:

        | # | Customer | Severity | State | Age |
        |:--|:---------|:--------:|:------|----:|
        | ESC-12 | abc | **Sev 1** | accepted | 5 min |
        | ESC-7 | abc | Sev 3 | monitoring | 3 d |

        Say `/escalate why ESC-12` to see how the order comes about.
        """;

    private static readonly object[] Severities =
    [
        new { text = "Sev 1 – outage", value = "1" },
        new { text = "Sev 2 – degraded", value = "2" },
        new { text = "Sev 3 – some users", value = "3" },
        new { text = "Sev 4 – question", value = "4" },
    ];

    public static object Escalation(string text)
    {
        var words = text.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        return new
        {
            callback_id = "rehearsal",
            title = "New escalation",
            introduction_text = "Engineers see it at once. **Sev 1** also opens an incident channel.",
            submit_label = "File it",
            notify_on_cancel = false,
            elements = new object[]
            {
                new
                {
                    display_name = "Customer",
                    name = "customer",
                    type = "text",
                    placeholder = "abc",
                    @default = words.ElementAtOrDefault(1) ?? "",
                    help_text = "Its short key",
                    max_length = 64,
                },
                new
                {
                    display_name = "Severity",
                    name = "severity",
                    type = "select",
                    options = Severities,
                    @default = "2",
                },
                new
                {
                    display_name = "Summary",
                    name = "summary",
                    type = "textarea",
                    @default = words.ElementAtOrDefault(2) ?? "",
                    placeholder = "What does not work, since when, for whom?",
                    max_length = 500,
                },
                new
                {
                    display_name = "Owner",
                    name = "owner",
                    type = "select",
                    data_source = "users",
                    optional = true,
                    help_text = "Empty: the engineer on duty",
                },
            },
        };
    }

    public static object EveryKind() =>
        new
        {
            callback_id = "rehearsal",
            title = "Every kind of field",
            introduction_text = "All elements that a dialog can have.\n\n- a list\n- with `code`",
            submit_label = "Submit",
            notify_on_cancel = true,
            elements = new object[]
            {
                new
                {
                    display_name = "Text",
                    name = "text",
                    type = "text",
                    placeholder = "One line",
                },
                new
                {
                    display_name = "E-mail",
                    name = "email",
                    type = "text",
                    subtype = "email",
                    optional = true,
                },
                new
                {
                    display_name = "Seats",
                    name = "seats",
                    type = "text",
                    subtype = "number",
                    @default = "1200",
                },
                new
                {
                    display_name = "Link",
                    name = "link",
                    type = "text",
                    subtype = "url",
                    optional = true,
                },
                new
                {
                    display_name = "Notes",
                    name = "notes",
                    type = "textarea",
                    min_length = 5,
                    max_length = 200,
                    help_text = "At least five characters",
                },
                new
                {
                    display_name = "Severity",
                    name = "severity",
                    type = "select",
                    options = Severities,
                },
                new
                {
                    display_name = "Owner",
                    name = "owner",
                    type = "select",
                    data_source = "users",
                    optional = true,
                },
                new
                {
                    display_name = "Channel",
                    name = "channel",
                    type = "select",
                    data_source = "channels",
                    optional = true,
                },
                new
                {
                    display_name = "Impact",
                    name = "impact",
                    type = "radio",
                    options = new[]
                    {
                        new { text = "Low", value = "low" },
                        new { text = "High", value = "high" },
                    },
                    @default = "low",
                },
                new
                {
                    display_name = "Tell the customer",
                    name = "tell",
                    type = "bool",
                    placeholder = "Send the update by mail as well",
                    optional = true,
                },
            },
        };

    public static object Props(RehearsalCard card, string url)
    {
        object Action(string id, string name, string move, string? style = null) =>
            new
            {
                id,
                name,
                type = "button",
                style,
                integration = new { url, context = new { move, card } },
            };
        var open = new[]
        {
            Action("acknowledge", "Acknowledge", "acknowledge", "primary"),
            Action("resolve", "Resolve", "resolve", "good"),
            Action("cancel", "Cancel", "resolve", "danger"),
            new
            {
                id = "owner",
                name = "Assign to…",
                type = "select",
                data_source = "users",
                integration = new { url, context = new { move = "assign", card } },
            },
            new
            {
                id = "severity",
                name = "Severity",
                type = "select",
                options = Severities,
                integration = new { url, context = new { move = "severity", card } },
            },
        };
        var attachment = new
        {
            fallback = $"{card.Id}: {card.Summary}",
            color = card.State == "resolved" ? "#339970"
            : card.Severity == "1" ? "#d24b4e"
            : "#e5a50a",
            title = $"{card.Id} · abc · Sev {card.Severity}",
            text = card.Summary,
            fields = new object[]
            {
                new
                {
                    title = "State",
                    value = $"**{card.State}**",
                    @short = true,
                },
                new
                {
                    title = "Owner",
                    value = card.Owner.Length > 0 ? $"@{card.Owner}" : "nobody yet",
                    @short = true,
                },
                new
                {
                    title = "Filed by",
                    value = "@tam",
                    @short = true,
                },
                new
                {
                    title = "Next update",
                    value = "in 1 hour",
                    @short = true,
                },
                new
                {
                    title = "Customer impact",
                    value = "Nobody can check out; about 1,200 users.",
                    @short = false,
                },
            },
            footer = "👀 acknowledges, ✅ resolves",
            actions = card.State == "resolved" ? [] : open,
        };
        return new { attachments = new[] { attachment } };
    }
}
