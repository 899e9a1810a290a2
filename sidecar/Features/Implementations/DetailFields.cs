using Sidecar.Chat;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Features.Implementations;

/// <summary>The fields of what is asked for, in the form of a new request and in the one that corrects it (IMP-1).</summary>
internal static class DetailFields
{
    public const string Type = "type";
    public const string Method = "method";
    public const string Provider = "provider";
    public const string Opportunity = "opportunity";
    public const string Design = "design";
    public const string Information = "information";

    /// <summary>All of them, filled with what is known.</summary>
    public static IEnumerable<DialogField> Asked(
        ImplementationType? type,
        string? method,
        string? provider,
        string? opportunity,
        string? design,
        string? information
    ) =>
        [
            new(Type, "Request type", FieldKind.Choice)
            {
                Default = type?.ToString(),
                Options =
                [
                    .. Enum.GetValues<ImplementationType>()
                        .Select(t => new ControlOption(Capital(t.Label()), t.ToString())),
                ],
            },
            new(Method, "Deployment method", FieldKind.Text)
            {
                Optional = true,
                Default = method,
                MaxLength = Implementation.MaxNameLength,
                Placeholder = "Kubernetes",
                Help = "As expected: Kubernetes, Docker Compose, machine image, cloud …",
            },
            new(Provider, "Hosting provider", FieldKind.Text)
            {
                Optional = true,
                Default = provider,
                MaxLength = Implementation.MaxNameLength,
                Help = "As expected.",
            },
            new(Opportunity, "CRM opportunity", FieldKind.LongText)
            {
                Optional = true,
                Default = opportunity,
                MaxLength = WebLink.MaxLength,
                Help = "Its address.",
            },
            new(Design, "Technical design", FieldKind.LongText)
            {
                Optional = true,
                Default = design,
                MaxLength = Implementation.MaxTextLength,
                Help = "Addresses of what there is so far, one on each line.",
            },
            new(Information, "Additional information", FieldKind.LongText)
            {
                Optional = true,
                Default = information,
                MaxLength = Implementation.MaxTextLength,
            },
        ];

    /// <summary>What was filled in; null when something is wrong, which then stands under its field.</summary>
    public static ImplementationDetails? Read<T>(
        Submission<T> form,
        Dictionary<string, string> problems
    )
        where T : notnull
    {
        var type = Choices.Read(form[Type], Enum.GetValues<ImplementationType>());
        if (type is null)
        {
            problems[Type] = "Choose one of the three.";
        }

        var method = form.Text(Method, problems, most: Implementation.MaxNameLength);
        var provider = form.Text(Provider, problems, most: Implementation.MaxNameLength);
        var opportunity = form.Link(Opportunity, problems);
        var design = form.Links(Design, problems);
        var information = form.Text(Information, problems);
        return type is { } chosen && problems.Count == 0
            ? new ImplementationDetails(chosen, method, provider, opportunity, design, information)
            : null;
    }

    private static string Capital(string label) => char.ToUpperInvariant(label[0]) + label[1..];
}
