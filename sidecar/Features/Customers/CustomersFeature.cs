using System.Collections.Immutable;
using Sidecar.Features.AgendaItems;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Editing;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Customers.Import;
using Sidecar.Features.Customers.Measuring;
using Sidecar.Interactions;

namespace Sidecar.Features.Customers;

/// <summary>Customers: who they are, who owns them, how they are measured.</summary>
internal sealed class CustomersFeature : IFeature
{
    /// <summary>The second words of its commands.</summary>
    public static ImmutableArray<string> Subcommands { get; } =
    [
        ListCustomers.Spec.PathWords[1],
        ShowCustomer.Spec.PathWords[1],
        AddCustomer.Spec.PathWords[1],
        EditCustomer.Spec.PathWords[1],
        SetCustomer.Spec.PathWords[1],
        MeasureCustomer.Spec.PathWords[1],
        ShowSeats.Spec.PathWords[1],
        ShowCustomerTimeline.Spec.PathWords[1],
        ArchiveCustomer.Spec.PathWords[1],
        UnarchiveCustomer.Spec.PathWords[1],
        ImportCustomers.Spec.PathWords[1],
    ];

    public static void Register(FeatureBuilder feature) =>
        feature
            .Settings<CustomerSettings>()
            .Keeps(Customer.Kind)
            .Keeps(Measurement.Kind)
            .Shares<CustomerStore>()
            .Shares<CustomerChanges>()
            .Shares<CustomerTyping>()
            .Shares<CustomerPage>()
            .Command<CustomerAlone>()
            .Command<ListCustomers>()
            .Command<ShowCustomer>()
            .Command<AddCustomer>()
            .Dialog<AddForm, AddState>()
            .Command<EditCustomer>()
            .Dialog<EditForm, EditState>()
            .Command<SetCustomer>()
            .Command<MeasureCustomer>()
            .Dialog<MeasureForm, MeasureState>()
            .Command<ShowSeats>()
            .Command<ShowCustomerTimeline>()
            .Command<ArchiveCustomer>()
            .Command<UnarchiveCustomer>()
            .Command<ImportCustomers>()
            .Action<ImportCustomers, SentFileRef>()
            .Command<SendImportTemplate>()
            .File<ImportReport>()
            .File<ImportTemplate>()
            .Shares<CustomerImport>()
            .Due<RunImport>()
            .Due<AwaitFile>()
            .Due<ReviewTarget>()
            .Adds<IAgendaSource, CustomersOnAgenda>()
            .Adds<ICompletion, CompleteCustomers>()
            .Adds<INameWords, CustomerNameWords>();
}
