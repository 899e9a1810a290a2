using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Intake;

namespace Sidecar.Api.Resources;

/// <summary>What requests say of escalations, and the fields of the forms that take it.</summary>
internal static class EscalationFieldsOfApi
{
    public static ApiField Id { get; } =
        new("id", FieldType.Text, "Its number, as in ESC-12.") { MaxLength = 40 };

    private static ApiField Long(string name, string what) =>
        new(name, FieldType.Text, what) { MaxLength = Escalation.MaxLongTextLength };

    /// <summary>What it says, by the form's field.</summary>
    public static ImmutableArray<(ApiField Field, string Form)> Text { get; } =
    [
        (
            new(
                "customer",
                FieldType.Text,
                "Key or name; one that nobody has added yet can be named too."
            )
            {
                MaxLength = Customer.MaxNameLength,
            },
            IntakeForm.Customer
        ),
        (
            new("severity", FieldType.Choice, "How bad it is.")
            {
                Choices = [.. Vocabulary.Severities.Select(t => t.Code)],
            },
            IntakeForm.Severity
        ),
        (
            new("category", FieldType.Choice, "What kind of problem it is; it decides whose it is.")
            {
                Choices = [.. Vocabulary.Categories.Select(t => t.Code)],
            },
            IntakeForm.Category
        ),
        (
            new("summary", FieldType.Text, "In a sentence.")
            {
                MaxLength = Escalation.MaxSummaryLength,
            },
            IntakeForm.Summary
        ),
        (Long("customerImpact", "Who can't do what, since when."), IntakeForm.CustomerImpact),
        (
            new(
                "impact",
                FieldType.Choice,
                "How much it matters; as-severity follows the severity."
            )
            {
                Choices = [Vocabulary.AsSeverity, .. Vocabulary.Impacts.Select(t => t.Code)],
            },
            IntakeForm.Impact
        ),
        (
            new("effort", FieldType.Choice, "How much work it is.")
            {
                Choices = [.. Vocabulary.Efforts.Select(t => t.Code)],
            },
            IntakeForm.Effort
        ),
        (Long("links", "Tickets, dashboards, documents."), IntakeForm.Links),
    ];

    public static ImmutableArray<ApiField> Members { get; } = [.. Text.Select(f => f.Field)];

    /// <summary>How members are called whose form's field is called otherwise.</summary>
    public static IReadOnlyDictionary<string, string> Names { get; } =
        Text.ToDictionary(f => f.Form, f => f.Field.Name, StringComparer.Ordinal);

    /// <summary>What a form would hold: what was sent, over what is there already.</summary>
    public static ImmutableDictionary<string, string> Form(
        ApiCall call,
        ImmutableDictionary<string, string> there
    ) =>
        Text.Aggregate(
            there,
            (form, f) => call[f.Field.Name] is { } sent ? form.SetItem(f.Form, sent) : form
        );

    public static ApiProblem Problem(IReadOnlyDictionary<string, string> problems) =>
        ApiProblem.Unprocessable([
            .. problems.Select(p => new ApiError(
                "/" + Names.GetValueOrDefault(p.Key, p.Key),
                p.Value
            )),
        ]);

    public static EscalationId? IdOf(ApiCall call) => EscalationId.Read(call[Id.Name]!);
}
