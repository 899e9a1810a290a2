using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Editing;

/// <summary>The forms in which a customer is changed: few fields that belong together, so that each fits on a screen.</summary>
/// <param name="Word">How its command names it.</param>
/// <param name="Title">Its headline, at most 24 characters.</param>
/// <param name="Fields">What it asks, in order.</param>
internal sealed record CustomerForm(string Word, string Title, ImmutableArray<CustomerField> Fields)
{
    /// <summary>The command that opens it.</summary>
    public string Command(CustomerKey key) =>
        $"/{SlashCommand.Trigger} customer edit {key} {Word}".TrimEnd();
}

/// <summary>All forms.</summary>
internal static class CustomerForms
{
    /// <summary>The word of the form that asks for figures.</summary>
    public const string Usage = "usage";

    public static CustomerForm Account { get; } =
        new(
            "account",
            "Account",
            [
                CustomerFields.Name,
                CustomerFields.Phase,
                CustomerFields.Strategic,
                CustomerFields.Arr,
                CustomerFields.Contract,
                CustomerFields.Zone,
            ]
        );

    public static CustomerForm Owners { get; } =
        new(
            "owners",
            "Owners",
            [
                CustomerFields.CustomerEngineer,
                CustomerFields.TechnicalAccountManager,
                CustomerFields.CustomerSuccessManager,
                CustomerFields.AccountExecutive,
            ]
        );

    public static CustomerForm Deployment { get; } =
        new(
            "deployment",
            "Deployment",
            [
                CustomerFields.Production,
                CustomerFields.Deployment,
                CustomerFields.Method,
                CustomerFields.Hosting,
            ]
        );

    public static CustomerForm Links { get; } =
        new(
            "links",
            "Links",
            [
                CustomerFields.Crm,
                CustomerFields.Success,
                CustomerFields.Tickets,
                CustomerFields.Designs,
            ]
        );

    /// <summary>Those that ask for fields, in the order in which people read them.</summary>
    public static ImmutableArray<CustomerForm> OfFields { get; } =
    [Account, Owners, Deployment, Links];

    /// <summary>The words of all forms.</summary>
    public static ImmutableArray<string> Words { get; } =
    [.. OfFields.Select(form => form.Word), Usage];

    public static CustomerForm? Called(string word) =>
        OfFields.FirstOrDefault(form => BareWord.Is(word, form.Word));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(AddState))]
[JsonSerializable(typeof(EditState))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class CustomerFormJson : JsonSerializerContext;
