using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Customers.Fields;

namespace Sidecar.Api.Resources;

/// <summary>A customer's fields by their names in JSON: those of the exported file, written as JSON has it.</summary>
internal static class CustomerFieldsOfApi
{
    private const long MostUsd = 1_000_000_000_000;
    private const int LongestText = 300;

    public static ImmutableArray<(ApiField Field, CustomerField Of)> All { get; } =
    [.. CustomerFields.All.Select(f => (Declared(f), f))];

    private static ApiField Declared(CustomerField field)
    {
        var name = Camel(field.Column);
        var what = field.Help ?? field.Label + ".";
        return field switch
        {
            { IsPerson: true } => new ApiField(
                name,
                FieldType.Person,
                $"{field.Label}: the id in Mattermost, or the at-name as in @name."
            ),
            { Kind: FieldKind.YesNo } => new ApiField(name, FieldType.Flag, what),
            { Kind: FieldKind.Choice } => new ApiField(name, FieldType.Choice, what)
            {
                Choices =
                [
                    .. field.Options.Select(o => o.Value).Where(o => o != CustomerFields.NotTold),
                ],
            },
            _ when field == CustomerFields.Arr => new ApiField(
                name,
                FieldType.Amount,
                "Annual recurring revenue in US dollars."
            )
            {
                Max = MostUsd,
            },
            _ when field == CustomerFields.Contract || field == CustomerFields.Production =>
                new ApiField(name, FieldType.Day, what),
            _ when field == CustomerFields.Designs => new ApiField(
                name,
                FieldType.Lines,
                "Technical design documents: their addresses."
            )
            {
                MaxLength = LongestText,
            },
            _ => new ApiField(name, FieldType.Text, what)
            {
                MaxLength = field.MaxLength ?? LongestText,
            },
        } with
        {
            CanBeNull = !field.IsRequired && field.Kind != FieldKind.YesNo,
        };
    }

    /// <summary>A value of a body as somebody would type it.</summary>
    public static string Typed(CustomerField field, string value) =>
        field.Kind == FieldKind.YesNo ? (value.Length > 0 ? "yes" : "no") : value;

    private static string Camel(string column)
    {
        var words = column.Split('_');
        return string.Concat(
            words.Select((w, i) => i == 0 ? w : char.ToUpperInvariant(w[0]) + w[1..])
        );
    }
}
