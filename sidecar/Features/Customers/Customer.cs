using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Customers;

/// <summary>The short unique key of a customer, <c>abc</c> (CUS-1).</summary>
[JsonConverter(typeof(TextIdConverter<CustomerKey>))]
public readonly record struct CustomerKey(string Value) : ITextId<CustomerKey>
{
    /// <summary>The longest key; longer names are cut, so that commands stay typable.</summary>
    public const int MaxLength = 40;

    /// <inheritdoc/>
    public static CustomerKey From(string value) => new(value);

    /// <summary>
    /// The key that a name or key as typed leads to: letters and digits of any script in lower case, everything else a
    /// single hyphen. Null when nothing is left.
    /// </summary>
    public static CustomerKey? Of(string typed)
    {
        var key = new StringBuilder(typed.Length);
        foreach (var rune in typed.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || IsMark(rune))
            {
                key.Append(Rune.ToLowerInvariant(rune));
            }
            else if (key.Length > 0 && key[^1] != '-')
            {
                key.Append('-');
            }

            if (key.Length >= MaxLength)
            {
                break;
            }
        }

        var text = key.ToString().Trim('-');
        return text.Length == 0 ? null : new CustomerKey(text);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark;
}

/// <summary>An account: a prospect or a customer (CUS-1).</summary>
/// <param name="Key">Short and unique.</param>
/// <param name="Name">As people write it.</param>
/// <param name="AddedAt">When it was added, UTC.</param>
/// <param name="AddedBy">By whom.</param>
internal sealed record Customer(
    CustomerKey Key,
    string Name,
    DateTimeOffset AddedAt,
    UserId AddedBy
)
{
    /// <summary>The longest name taken.</summary>
    public const int MaxNameLength = 80;

    /// <summary>
    /// The kind of due time that every change of a customer sets to now, under its key, for whoever must look at what
    /// they decided about it (ESC-2: what waits for a fact completes itself).
    /// </summary>
    public const string Changed = "customer.changed";

    public static DocumentKind<Customer> Kind { get; } =
        new("customer", CustomerJson.Default.Customer);

    /// <summary>Annual recurring revenue in USD; null when nobody has told.</summary>
    public decimal? Arr { get; init; }

    /// <summary>CE.</summary>
    public UserId? CustomerEngineer { get; init; }

    /// <summary>TAM.</summary>
    public UserId? TechnicalAccountManager { get; init; }

    /// <summary>CSM.</summary>
    public UserId? CustomerSuccessManager { get; init; }

    /// <summary>AE.</summary>
    public UserId? AccountExecutive { get; init; }

    /// <summary>Not a customer any more: kept, but not offered and not counted.</summary>
    public bool IsArchived { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Customer))]
internal sealed partial class CustomerJson : JsonSerializerContext;
