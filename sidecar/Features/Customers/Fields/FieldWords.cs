using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Fields;

/// <summary>How a change of a customer's field is told to who made it.</summary>
internal static class FieldWords
{
    /// <summary><c>Acme: Seats is 500 now, it was 400.</c></summary>
    public static Markdown Changed(string customer, FieldChange made) =>
        CustomerFields.Called(made.Field) is { } field
            ? Markdown.Of(
                $"{customer}: {field.Label} is {(made.To.Length > 0 || field.Kind == FieldKind.YesNo ? Value(field, made.To) : Markdown.Of($"empty"))} now{(made.From.Length > 0 ? Markdown.Of($"; it was {field.Show(made.From)}") : Markdown.None)}."
            )
            : Markdown.Of($"{customer} is changed.");

    /// <summary>That a customer who was changed is archived, since whoever changes them may not know; else nothing.</summary>
    public static Markdown Archived(Customer customer) =>
        customer.IsArchived
            ? Markdown.Of(
                $"{customer.Name} is archived, so it is neither listed nor counted. {Markdown.Code($"/{SlashCommand.Trigger} customer unarchive {customer.Key}")} brings it back."
            )
            : Markdown.None;

    /// <summary>A value as people read it.</summary>
    public static Markdown Value(CustomerField field, string kept) =>
        kept.Length > 0 ? field.Show(kept)
        : field.Kind == FieldKind.YesNo ? Markdown.Of($"no")
        : Markdown.Of($"not known");
}
