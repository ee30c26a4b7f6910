export declare const shopJourneys: object
